"""Who says it, in Spanish: one pattern a test, with invented people."""

from __future__ import annotations

import pytest
from voices_cast import ledger, rules, speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "Quiroga señala que los pozos se secan en marzo.",
        "Según Quiroga, los pozos se secan en marzo.",
        "De acuerdo con Elena Quiroga, los pozos se secan en marzo.",
        "Por su parte, Quiroga plantea que los pozos se secan en marzo.",
        "Quiroga, por su parte, recuerda que los pozos se secan en marzo.",
        "Los pozos, sostiene Quiroga, se secan en marzo.",
        "Los pozos se secan en marzo, advierte la investigadora Elena Quiroga.",
        "Como plantea Quiroga (2014), los pozos se secan en marzo.",
        "Para Quiroga, los pozos son vecinos.",
        "A juicio de Quiroga, los pozos son vecinos.",
        "El estudio de Quiroga encontró que los pozos se secan en marzo.",
        "En palabras de Quiroga, un pozo es un vecino.",
        "Los pozos se secan en marzo (Quiroga 2014).",
    ],
)
def test_el_discurso_referido_es_de_la_integrante(sentence: str) -> None:
    assert speakers(sentence) == ["quiroga"]


def test_dos_estudios_de_un_ano() -> None:
    (only,) = ledger("Los rebaños menguan (CEDRA 2012 a y b).")
    assert [s.study for s in only.members] == ["CEDRA 2012a", "CEDRA 2012b"]


def test_una_cita_externa_es_externa() -> None:
    assert speakers("Llueve menos (Haugen y Lie 2009).") == ["Haugen y Lie 2009"]


def test_la_cita_al_final_gobierna_la_cita_en_bloque() -> None:
    text = """
Como sugieren los estudios de Quiroga, Basile y Okoye, los pozos fallan:

> Un pozo lo cavan diez (Gose 1994). Lo usan cien.

> […] Los cien olvidan a los diez (Basile 2013).
"""
    assert speakers(text) == ["quiroga+basile+okoye", "basile", "basile", "basile"]
    assert ledger(text)[1].external == ("Gose 1994",)


def test_dos_citas_en_bloque_seguidas() -> None:
    text = """
Al respecto, Quiroga y Basile comentan:

> Un pozo lo cavan diez (Quiroga 2014).

> La lluvia no es de nadie (Basile 2013).
"""
    assert speakers(text) == ["quiroga+basile", "quiroga", "basile"]


def test_la_cita_en_bloque_sin_fuente_es_de_quien_la_introduce() -> None:
    text = "Basile afirma en su informe:\n\n> La lluvia no es de nadie. El barro es de todos."
    assert speakers(text) == ["basile"] * 3


def test_comillas_que_siguen_en_varias_oraciones() -> None:
    text = "Basile dice que falta «sal, sombra y tiempo. Falta lluvia. Y falta permiso». Llueve."
    assert speakers(text)[:3] == ["basile"] * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Agrega que se llenan en mayo.",
        "Señala además que se llenan en mayo.",
        "También advierte que se llenan en mayo.",
        "Ella agrega que se llenan en mayo.",
        "La autora concluye que se llenan en mayo.",
        "A su juicio, se llenan en mayo.",
        "Su estudio muestra que se llenan en mayo.",
        "Según la misma autora, se llenan en mayo.",
    ],
)
def test_la_voz_se_arrastra_sin_nombre(sentence: str) -> None:
    assert speakers(f"Quiroga sostiene que los pozos se secan en marzo. {sentence}") == ["quiroga"] * 2


def test_el_genero_del_pronombre_escoge() -> None:
    text = (
        "Elena Quiroga sostiene que los pozos son vecinos. Marco Basile discrepa de la idea. "
        "La autora agrega que un vecino puede ser hondo."
    )
    assert speakers(text) == ["quiroga", "basile", "quiroga"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ambos señalan que hay barro.",
        "Los dos investigadores señalan que hay barro.",
        "Para ambos autores, hay barro.",
        "Agregan que hay barro.",
    ],
)
def test_dos_que_coinciden_siguen_juntos(sentence: str) -> None:
    assert speakers(f"Quiroga y Basile coinciden en que llueve poco. {sentence}") == ["quiroga+basile"] * 2


def test_los_tres_autores() -> None:
    text = """
Los estudios de Quiroga, Basile y Okoye encontraron que llueve poco.

Al respecto, los tres autores señalan que:

> Hay barro (CEDRA 2012a).
"""
    assert speakers(text) == ["quiroga+basile+okoye", "quiroga+basile+okoye", "okoye"]


def test_la_lista_es_de_quien_la_introduce() -> None:
    text = "Quiroga propone tres medidas:\n\n1. Cavar hondo. Cavar juntos.\n2. Prestar la soga."
    assert speakers(text) == ["quiroga"] * 4


@pytest.mark.parametrize(
    "stop",
    [
        "Es importante, por tanto, revisar las reglas.",
        "La mayoría de los estudios encontró que las reglas ceden.",
        "Los miembros de la red discutieron las reglas.",
        "Por lo tanto, las reglas ceden.",
        "Cabe señalar que las reglas ceden.",
        "Creemos que las reglas ceden.",
    ],
)
def test_los_autores_retoman_la_palabra(stop: str) -> None:
    assert speakers(f"Quiroga sostiene que los pozos son vecinos. {stop}") == ["quiroga", "authors"]


def test_una_vida_y_el_alcance_no_informan_nada() -> None:
    text = """
Marco Basile es veterinario en Trento. En la red trabajó sobre rebaños (Basile 2013, inédito).

Okoye analizó un proyecto de lana en Jos.
"""
    assert speakers(text) == ["authors"] * 3


def test_la_colega_citada_habla_por_el_estudio() -> None:
    text = """
Según Lucía Paredes, integrante del equipo de Teresa Bustamante:

> Las niñas pastorean.
"""
    assert speakers(text) == ["bustamante", "bustamante"]


def test_sin_tilde_y_con_una_letra_cambiada() -> None:
    assert speakers("Ines Campos señala que los suelos descansan.") == ["campos"]
    assert speakers("Bustamente señala que las niñas pastorean.") == ["bustamante"]


def test_el_apellido_que_tambien_es_palabra() -> None:
    text = "Campos y campos secos hay muchos. Según Campos, los suelos descansan."
    assert speakers(text) == ["authors", "campos"]


def test_dos_del_mismo_apellido() -> None:
    assert speakers("Según Ana Rojas, los telares fallan.") == ["arojas"]
    assert speakers("Según Rojas (2015), los telares fallan.") == ["projas"]
    assert rules("Según Rojas, los telares fallan.") == ["unclear"]


def test_quien_tambien_lo_dice_se_suma_a_quien_habla() -> None:
    text = "Según Quiroga, los pozos se secan. Estos pozos son pocos, como también señaló Basile."
    assert speakers(text) == ["quiroga", "quiroga+basile"]


def test_el_estudio_citado_al_final_de_la_lista_es_de_toda_ella() -> None:
    text = """
Okoye sostiene que dos medidas son esenciales:

1. Contar el rebaño.
2. Esquilarlo dos veces (CEDRA 2012b).
"""
    assert [[s.study for s in x.members] for x in ledger(text)] == [["CEDRA 2012b"]] * 3


def test_una_cita_sin_sangria_es_de_quien_la_introduce() -> None:
    text = """
Como dice Basile en su trabajo:

La lluvia no es de nadie. El barro es de todos.

El barro está en todas partes.
"""
    assert speakers(text) == ["basile", "basile", "basile", "authors"]


def test_una_nota_al_pie_no_parte_la_cita() -> None:
    text = """
> Un pozo lo cavan diez.

[^1]: Una unidad de trabajo en el valle.

> Lo usan cien (Quiroga 2014).
"""
    assert speakers(text) == ["quiroga", "authors", "quiroga"]


def test_una_institucion_habla_por_su_integrante() -> None:
    assert speakers("CEDRA encontró que los rebaños se achican.") == ["okoye"]


def test_quien_se_nombra_en_un_hallazgo_de_todos_los_estudios_no_habla() -> None:
    text = "Todos los estudios encontraron que las causas identificadas por Quiroga empeoran."
    assert speakers(text) == ["authors"]


def test_una_cita_sin_sangria_es_de_la_fuente_que_la_cierra() -> None:
    text = """
Quiroga y Basile comentan al respecto:

La lluvia no es de nadie. El barro es de todos (Basile 2013).
"""
    assert speakers(text) == ["quiroga+basile", "basile", "basile"]


def test_dos_hablan_con_un_verbo_en_plural() -> None:
    assert speakers("Quiroga y Basile sostienen que los pozos se secan en marzo.") == ["quiroga+basile"]
