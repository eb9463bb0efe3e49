"""Prints where a script of PowerShell is none by its grammar, a line each; nothing where all of it is."""

import sys

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser


def faults(node: Node):
    if node.is_error or node.is_missing:
        yield node.start_point.row + 1
    for child in node.children:
        yield from faults(child)


with open(sys.argv[1], "rb") as script:
    tree = Parser(Language(tree_sitter_powershell.language())).parse(script.read())
for line in sorted(set(faults(tree.root_node))):
    print(line)
