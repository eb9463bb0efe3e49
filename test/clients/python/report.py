"""What the programs beside this file share: they print a line for each operation of a client, with its outcome."""

import os
import ssl
import urllib.request

BUCKET = os.environ["BUCKET"]
OTHER_BUCKET = os.environ["OTHER_BUCKET"]
ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
CA_FILE = os.environ["AWS_CA_BUNDLE"]
IS_PATH_STYLE = os.environ["STYLE"] == "path"
WRONG_ENCRYPTION = os.environ["WRONG_ENCRYPTION"]
SLASHED = ["d//x", "/lead", "trail/"]
BIG = b"b" * (12 << 20)


def same(expected, actual):
    assert expected == actual, f"{actual!r} is not {expected!r}"


def read_url(url):
    with urllib.request.urlopen(url, context=ssl.create_default_context(cafile=CA_FILE)) as answer:
        return answer.read()


def reporter(client, code_of):
    """The outcome of a failure is what `code_of` makes of it, if anything."""

    def report(operation, step):
        try:
            step()
            outcome = "ok"
        except Exception as error:  # whatever a library raises is an outcome
            outcome = code_of(error) or repr(error).replace("\n", " ").replace("\t", " ")
        print(client, operation, outcome, sep="\t", flush=True)

    return report
