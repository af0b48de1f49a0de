"""Galleries: two to twelve pictures side by side, each with its caption, and a caption of all."""

from postportal.richtext.tree import Element, Node

MIN_PICTURES, MAX_PICTURES = 2, 12


def is_gallery(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "div" and node.attributes.get("class") == "gallery"


def gather_gallery(element: Element, blocks: list[Node]) -> list[Node]:
    """Return the blocks of a gallery as galleries of an allowed size, followed by what does not fit into one. A picture
    alone is a figure."""
    figures = [block for block in blocks if _has_picture(block)]
    others = [block for block in blocks if not _has_picture(block)]
    captions = [block for block in others if isinstance(block, Element) and block.tag == "p"][:1]
    others = [block for block in others if not any(block is caption for caption in captions)]
    parts = [figures[start : start + MAX_PICTURES] for start in range(0, len(figures), MAX_PICTURES)]
    if not parts or len(parts[0]) < MIN_PICTURES:
        return [*figures, *captions, *others]
    attributes = {name: value for name, value in element.attributes.items() if name != "id"}
    result: list[Node] = []
    for number, part in enumerate(parts, 1):
        caption = captions if number == len(parts) else []
        if len(part) < MIN_PICTURES:
            result += [*part, *caption]
        else:
            result.append(Element("div", dict(attributes), [*part, *caption]))
    return [*result, *others]


def _has_picture(block: Node) -> bool:
    return isinstance(block, Element) and block.tag == "figure" and bool(block.find("img"))
