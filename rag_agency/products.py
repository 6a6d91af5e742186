"""What farmers grow, keep and sell, as questions and reports name it, in English and Spanish.

A question about another crop than the one a finding is about is the commonest near miss.
"""

from __future__ import annotations

import re

from rag_agency.language import without_accents

# Product, and the beginnings of words by which it is called, without accents; a plus closes the word.
PRODUCTS: dict[str, tuple[str, ...]] = {
    "coffee": ("coffee", "cafe+", "cafes+", "cafetal", "cafeter", "caficult"),
    "cocoa": ("cocoa", "cacao", "chocolat"),
    "quinoa": ("quinoa", "quinua"),
    "maize": ("maize", "corn+", "maiz", "elote"),
    "beans": ("beans+", "frijol", "poroto"),
    "rice": ("rice+", "arroz"),
    "wheat": ("wheat", "trigo"),
    "barley": ("barley", "cebada"),
    "potatoes": ("potato", "papa+", "papas+"),
    "cassava": ("cassava", "manioc", "yuca+", "yucas+"),
    "soya": ("soy+", "soya", "soybean", "soja"),
    "sugar cane": ("sugar", "azucar", "panela"),
    "bananas": ("banana", "plantain", "platano", "banano", "guineo"),
    "avocados": ("avocado", "aguacate", "palta"),
    "mangoes": ("mango+", "mangos+", "mangoes+"),
    "pineapples": ("pineapple", "pina+", "pinas+"),
    "citrus": ("citrus", "orange+", "oranges+", "lemon", "naranja", "limon"),
    "grapes and wine": (
        "grape",
        "wine+",
        "wines+",
        "vineyard",
        "vitivin",
        "uva+",
        "uvas+",
        "vino+",
        "vinos+",
        "singani",
    ),
    "tomatoes": ("tomato", "tomate"),
    "onions and garlic": ("onion", "garlic", "cebolla", "ajo+", "ajos+"),
    "asparagus": ("asparagus", "esparrago"),
    "peanuts": ("peanut", "groundnut", "mani+", "cacahuate"),
    "sesame": ("sesame", "ajonjoli", "sesamo"),
    "cardamom": ("cardamom", "cardamomo"),
    "oil palm": ("oil palm", "palm oil", "palma africana", "palma aceitera", "aceite de palma"),
    "cotton": ("cotton", "algodon"),
    "tobacco": ("tobacco", "tabaco"),
    "rubber": ("rubber", "caucho"),
    "timber": ("timber", "madera"),
    "flowers": ("flower", "flores+"),
    "coca": ("coca+", "cocalero"),
    "honey": ("honey", "miel+", "mieles+", "apicult"),
    "milk": ("milk", "dairy", "cheese", "leche", "lacteo", "queso"),
    "beef": ("beef", "cattle", "carne", "ganado", "vacuno"),
    "sheep and goats": ("sheep", "goat", "lamb+", "oveja", "ovino", "cabra", "caprino"),
    "llamas and alpacas": ("llamas+", "alpaca", "vicuna", "camelid"),
    "pigs": ("pig+", "pigs+", "pork", "cerdo", "porcino", "chancho"),
    "poultry": ("poultry", "chicken", "egg+", "eggs+", "pollo", "huevo", "avicol"),
    "fish": ("fish", "shrimp", "pescado", "camaron", "trucha"),
}


def _spelt(stem: str) -> str:
    return re.escape(stem.removesuffix("+")) + (r"\b" if stem.endswith("+") else "")


_PATTERNS = {name: re.compile(r"\b(?:" + "|".join(map(_spelt, stems)) + ")") for name, stems in PRODUCTS.items()}
_ANY = re.compile("|".join(pattern.pattern for pattern in _PATTERNS.values()))


def products_in(text: str) -> tuple[str, ...]:
    """Return the products that a text names, as listed here."""
    plain = without_accents(text)
    if not _ANY.search(plain):
        return ()
    return tuple(product for product, pattern in _PATTERNS.items() if pattern.search(plain))
