"""Renders chat templates with Python's jinja2, set up as transformers sets it up.

Reads a JSON list of {"template", "data"} from standard input and prints a list of {"text"} or
{"error"}. Exits with 3 where jinja2 is not installed.
"""

import json
import sys
from datetime import datetime

try:
    import jinja2
    from jinja2 import nodes
    from jinja2.ext import Extension, LoopControlExtension
    from jinja2.sandbox import ImmutableSandboxedEnvironment
except ImportError:
    sys.exit(3)


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


environment = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[Generation, LoopControlExtension]
)
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
environment.globals["strftime_now"] = lambda form: datetime(2025, 7, 10, 12).strftime(form)

results = []
for case in json.load(sys.stdin):
    try:
        results.append({"text": environment.from_string(case["template"]).render(**case["data"])})
    except Exception as error:  # whatever a template does wrong is its answer
        results.append({"error": str(error)})
print(json.dumps(results))
