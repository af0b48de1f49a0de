"""Pictures, each in a figure of its own with its link and caption."""

from postportal.richtext.allowed_html import IMAGE_SIZES
from postportal.richtext.tree import Element, Node


def take_pictures(nodes: list[Node], *, link: str = "") -> list[Node]:
    """Remove the pictures from the inline nodes and return them as figures, each with the link around it."""
    figures: list[Node] = []
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag == "img":
            figures.extend(_figure(node, link) if node.attributes.get("src") else [])
            continue
        if isinstance(node, Element):
            inner_link = node.attributes.get("href", link) if node.tag == "a" else link
            figures.extend(take_pictures(node.children, link=inner_link))
        kept.append(node)
    nodes[:] = kept
    return figures


def _figure(image: Element, link: str) -> list[Node]:
    image.attributes.setdefault("alt", "")
    image.attributes |= {"loading": "lazy", "decoding": "async"}
    image.attributes.pop("sizes", None)
    if "srcset" in image.attributes:
        image.attributes["sizes"] = IMAGE_SIZES
    return [Element("figure", {}, [Element("a", link_attributes(link), [image]) if link else image])]


def link_attributes(url: str) -> dict[str, str]:
    return {"href": url, "rel": "noopener"} if url.lower().startswith("http") else {"href": url}
