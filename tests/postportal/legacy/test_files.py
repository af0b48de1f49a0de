from pathlib import Path

import pytest

from postportal.legacy.files import MAX_FILE_BYTES, UnreadableFileError, decode_text, find_text_files, read_file

CHINESE = "海港邮政开设夜间柜台\n\n夜间柜台于星期一开业，欢迎寄信。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_findings(encoding: str) -> None:
    assert decode_text(CHINESE.encode(encoding)) == (CHINESE, ())


def test_older_chinese_encoding_is_read_and_reported() -> None:
    assert decode_text(CHINESE.encode("gb18030")) == (CHINESE, ("not UTF-8, read as GB 18030",))


def test_nul_characters_are_removed_and_reported() -> None:
    text = "Night counters open" * 10

    assert decode_text(f"{text}\x00".encode()) == (text, ("NUL characters removed",))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (bytes(range(256)) * 4, "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not a text file"),
        ("Café crème à Nîmes, déjà fermé".encode("latin-1"), "neither UTF-8 nor GB 18030"),
        (b"\xff\xff\xff\xff abc", "neither UTF-8 nor GB 18030"),
        ("镕喆".encode("gb18030") * 20, "neither UTF-8 nor GB 18030"),
        (b"abc \xc3", "neither UTF-8 nor GB 18030"),
        (b"\xff\xfeabc", "neither UTF-8 nor GB 18030"),
    ],
)
def test_data_that_is_no_text_is_rejected_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^{reason}$"):
        decode_text(data)


def test_huge_file_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(b"a" * (MAX_FILE_BYTES + 1))

    with pytest.raises(UnreadableFileError, match="larger than 1,000,000 bytes"):
        read_file(tmp_path / "huge.txt")


def test_missing_file_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file or directory"):
        read_file(tmp_path / "missing.txt")


def test_file_has_name_hash_and_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc", encoding="utf-8")

    file = read_file(tmp_path / "a.txt")

    assert (file.name, file.text, file.findings) == ("a.txt", "abc", ())
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.modified_at is not None


def test_text_files_in_a_folder_are_found(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.TXT", "deep/c.txt", "expected.json"):
        (tmp_path / name).write_text("x", encoding="utf-8")

    assert [path.name for path in find_text_files(tmp_path)] == ["a.TXT", "b.txt", "c.txt"]
    assert list(find_text_files(tmp_path / "expected.json")) == [tmp_path / "expected.json"]
