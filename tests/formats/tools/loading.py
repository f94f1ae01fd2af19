"""Loads an export with the tool it is for and prints what came of it; run in their environment."""

import json
import os
import runpy
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import UUID

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.simplefilter("ignore")


def hf(folder):
    from datasets import load_dataset

    found = {}
    for config in ("default", "annotations"):
        loaded = load_dataset(str(folder), config, cache_dir=str(folder.parent / "cache"))
        found[config] = {
            "features": {name: repr(kind) for name, kind in loaded["train"].features.items()},
            "rows": {split: rows.to_list() for split, rows in loaded.items()},
        }
    return found


def header(folder):
    import yaml

    return yaml.safe_load((folder / "README.md").read_text(encoding="utf-8").split("---\n")[1])


def spacy(folder):
    import spacy as tool
    from spacy.tokens import DocBin
    from spacy.training import Corpus

    blank = tool.blank("en")
    found = {}
    for path in sorted(folder.glob("*.spacy")):
        docs = list(DocBin().from_disk(path).get_docs(blank.vocab))
        trained_on = [example.reference.text for example in Corpus(path)(blank)]
        found[path.stem] = {
            "texts": [doc.text for doc in docs],
            "cats": [doc.cats for doc in docs],
            "ids": [doc.user_data["id"] for doc in docs],
            "trained_on": trained_on,
        }
    return found


def spacy_symbols(folder):
    from spacy.symbols import IDS

    return {name: number for name, number in IDS.items() if name}


def train_spacy(folder):
    import spacy as tool
    from spacy.training import Corpus

    model = tool.blank("en")
    learner = model.add_pipe("textcat_multilabel")
    examples = list(Corpus(folder / "train.spacy")(model))
    model.initialize(lambda: examples)
    model.update(examples)
    return {"labels": list(learner.labels), "scores": sorted(model(examples[0].text).cats)}


def croissant(folder):
    import mlcroissant

    described = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    metadata = described.metadata
    rows = {
        one.uuid: [
            {name.partition("/")[2]: _plain(value) for name, value in row.items()}
            for row in described.records(one.uuid)
        ]
        for one in metadata.record_sets
    }
    issues = metadata.ctx.issues
    return {
        "errors": sorted(issues.errors),
        "platform": metadata.data_annotation_platform,
        "conforms_to": str(metadata.conforms_to),
        "rows": rows,
    }


def _plain(value):
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


def labelstudio(folder):
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    config = (folder / "config.xml").read_text(encoding="utf-8")
    screen = LabelInterface(config)
    screen.validate()
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    valid = [screen.validate_task({"data": task["data"]}) for task in tasks]
    valid += [screen.validate_annotation(one) for task in tasks for one in task["annotations"]]
    target = folder / "converted"
    Converter(config, str(folder)).convert_to_json_min(
        str(folder / "tasks.json"), str(target), is_dir=False
    )
    rows = json.loads((target / "result.json").read_text(encoding="utf-8"))
    return {"valid": valid, "texts": [task["data"]["text"] for task in tasks], "rows": rows}


class _Me(BaseHTTPRequestHandler):
    """All that Argilla asks a server before it lets one read a file: who is signed in."""

    def do_GET(self):
        who = {"id": str(UUID(int=1)), "username": "owner", "role": "owner", "first_name": "O"}
        times = {"inserted_at": "2026-01-01T00:00:00", "updated_at": "2026-01-01T00:00:00"}
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(who | times).encode())

    def log_message(self, *_):
        pass


def argilla(folder):
    server = HTTPServer(("127.0.0.1", 0), _Me)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    import argilla as tool
    from argilla._models import DatasetModel

    tool.Argilla(api_url=f"http://127.0.0.1:{server.server_port}", api_key="none")
    settings = tool.Settings.from_json(folder / ".argilla" / "settings.json")
    settings.validate()
    described = DatasetModel(**json.loads((folder / ".argilla" / "dataset.json").read_text()))
    dataset = tool.Dataset(name=described.name, settings=settings)
    lines = json.loads((folder / "records.json").read_text(encoding="utf-8"))
    records = [tool.Record.from_dict(line, dataset=dataset) for line in lines]
    return {
        "name": dataset.name,
        "questions": [question.name for question in settings.questions],
        "texts": [record.fields["text"] for record in records],
        "sent": [record.api_model().model_dump(mode="json") for record in records],
        "metadata": [dict(record.metadata.items()) for record in records],
    }


def scikit(folder):
    os.chdir(folder)
    place = runpy.run_path("train.py")
    return {"labels": place["labels"], "n": len(place["test"])}


def krippendorff(folder):
    import krippendorff as tool
    import numpy as np

    asked = json.loads((folder / "asked.json").read_text())
    distances = np.array(asked["distances"])
    found = []
    for counts in asked["counts"]:
        for level in ("nominal", lambda v1, v2, i1, i2, n_v, dtype: distances[i1, i2]):
            found.append(tool.alpha(value_counts=np.array(counts), level_of_measurement=level))
    return found


if __name__ == "__main__":
    print("\n" + json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))), flush=True)
    # What was asked is answered. Threads that a tool has left would now and then abort at the end.
    os._exit(0)
