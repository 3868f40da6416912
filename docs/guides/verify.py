#!/usr/bin/env python3
"""A second verifier of SignalReview's bundles, written from docs/guides/verify.md alone: Python's standard library and openssl.

usage: verify.py BUNDLE VKEY-FILE      exit code 0 = valid, 1 = tampered with, 2 = incomplete or unreadable
"""
import base64, hashlib, json, re, subprocess, sys, tempfile, zipfile


class Tampered(Exception):
    pass


class Incomplete(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).digest()


def check(condition, message, kind=Tampered):
    if not condition:
        raise kind(message)


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    check(base64.b64encode(data).decode() == text, "not plain base64")
    return data


def canonical(value):  # bodies hold no fractions; Python sorts by code point, JCS by UTF-16 unit
    def ordered(v):
        if isinstance(v, dict):
            return {k: ordered(v[k]) for k in sorted(v, key=lambda s: s.encode("utf-16-be"))}
        return [ordered(i) for i in v] if isinstance(v, list) else v
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def strict(text):
    def pairs(items):
        check(len(dict(items)) == len(items), "a key stands twice")
        return dict(items)
    return json.loads(text, object_pairs_hook=pairs)


def open_note(note, name, spki):
    """The text of a signed note, if the one trusted key signed it."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        dash, who, signature = line.split(" ")
        raw = unbase64(signature)
        if dash == "\u2014" and who == name and raw[:4] == sha(spki)[:4]:
            with tempfile.TemporaryDirectory() as folder:
                for file, data in (("key", spki), ("signature", raw[4:]), ("text", text.encode())):
                    with open(f"{folder}/{file}", "wb") as out:
                        out.write(data)
                verified = subprocess.run(
                    ["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", f"{folder}/key", "-signature", f"{folder}/signature", f"{folder}/text"],
                    capture_output=True, check=False)
            check(verified.returncode == 0, "a signature is wrong")
            return text
    raise Tampered("not signed with the given key")


def root_of(leaf, index, size, proof):
    """RFC 9162 section 2.1.3.2."""
    check(index < size, "an index outside the tree")
    fn, sn, r = index, size - 1, sha(b"\0" + leaf)
    for p in proof:
        check(sn != 0, "a proof is too long")
        if fn & 1 or fn == sn:
            r = sha(b"\1" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    check(sn == 0, "a proof is too short")
    return r


def check_bag(files, name, spki):
    check(files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bagit.txt was changed")
    listed = {"tagmanifest-sha256.txt", "bundle-signature"}
    for manifest, payload in (("tagmanifest-sha256.txt", False), ("manifest-sha256.txt", True)):
        for line in files[manifest].decode().splitlines():
            digest, _, file = line.partition("  ")
            check(file.startswith("data/") == payload and file not in listed, f"{manifest} is wrong")
            check(file in files, f"{file} is missing", Incomplete)
            check(sha(files[file]).hex() == digest, f"{file} was changed")
            listed.add(file)
    check(set(files) == listed, f"files that are not listed: {sorted(set(files) - listed)}")
    signed = open_note(files["bundle-signature"].decode(), name, spki)
    check(signed == f"signalreview/bundle/v1\n{name}\n{sha(files['tagmanifest-sha256.txt']).hex()}\n", "the signature is for other files")


def check_event(files, header, leaf, checkpoint, size, root, omitted):
    where = f"event {header['caseSeq']} ({header['id']})"
    check(canonical(header) == leaf, f"{where}: header not canonical")
    proof_file = f"data/proofs/{header['id']}.tlog-proof"
    check(proof_file in files, f"{where}: no proof", Incomplete)
    head, _, note = files[proof_file].decode().partition("\n\n")
    lines = head.split("\n")
    check(lines[0] == "c2sp.org/tlog-proof@v1" and re.fullmatch("index (0|[1-9][0-9]*)", lines[1]), f"{where}: not a proof")
    check(note == checkpoint, f"{where}: the proof leads to another checkpoint")
    index = int(lines[1][6:])
    check(root_of(leaf, index, size, [unbase64(h) for h in lines[2:]]) == root, f"{where}: header and proof do not lead to the root")
    body_file = f"data/bodies/{header['id']}.json"
    if body_file not in files:
        check(header["id"] in omitted, f"{where}: the body is missing", Incomplete)
        return index, None
    body = strict(files[body_file])
    check(set(body) == {"body", "salt"} and canonical(body) == files[body_file], f"{where}: not a body file")
    salt = unbase64(body["salt"])
    commitment = sha(b"signalreview/commit/v1\n" + salt + canonical(body["body"]))
    check(len(salt) == 32 and unbase64(header["commit"]) == commitment, f"{where}: the content was changed")
    return index, body["body"]


class Blindness:
    """Step 6 of the guide: each reading, vote and urn stands before the one reveal that shows it."""
    ENTRIES = {"interpretation.submitted": "readings", "vote.cast": "ballots", "urn.sealed": "urn"}
    REVEALS = {"interpretations.revealed": ["readings"], "votes.revealed": ["ballots", "urn"]}

    def __init__(self):
        self.open = {"readings": {}, "ballots": {}, "urn": {}}
        self.ended, self.voters, self.lines = set(), [], []

    def add(self, header, body):
        known = isinstance(body, dict)
        round_ = body.get("round") if known else None
        where = f"event {header['caseSeq']} ({header['id']})"
        kind = self.ENTRIES.get(header["type"])
        if header["type"] == "urn.cast":
            check(round_ is None or ("urn", round_) not in self.ended and all(u[0] != round_ for u in self.open["urn"].values()),
                  f"{where}: not blind, after the urn of its round was sealed")
            self.voters.append(round_)
        elif kind:
            check(round_ is None or (kind, round_) not in self.ended, f"{where}: not blind, after the reveal of its round")
            ballots = body.get("ballots") if known else None
            self.open[kind][header["id"]] = (round_, header["caseSeq"], len(ballots) if isinstance(ballots, list) else None)
        for kind in self.REVEALS.get(header["type"], []):
            named = body.get(kind) if known else None
            if kind == "urn":
                named = None if not known else [] if named is None else [named]
            elif known and named is None and body.get("urn") is not None:
                named = []
            self.reveal(kind, named if isinstance(named, list) else None, round_, header["caseSeq"], where)

    def reveal(self, kind, named, round_, seq, where):
        for id_ in named or []:
            check(id_ in self.open[kind], f"{where}: reveals an entry that does not stand before it")
        for id_, (its, entry_seq, ballots) in list(self.open[kind].items()):
            fits = its is None or round_ is None or its == round_
            if named is not None and id_ in named:
                check(fits, f"{where}: reveals an entry of another round")
            elif named is None and not fits:
                continue
            elif named is not None:
                left_out = kind == "readings" or its is not None and its == round_
                check(not left_out, f"{where}: leaves out the entry {id_}")
                continue
            if kind == "urn" and ballots is not None and its is not None and None not in self.voters:
                check(self.voters.count(its) == ballots, f"{where}: an urn with {ballots} ballots of {self.voters.count(its)} voters")
            self.lines.append(f"{kind} no. {entry_seq} fixed before its reveal, no. {seq}")
            del self.open[kind][id_]
        if round_ is not None:
            self.ended.add((kind, round_))


def verify(bundle, vkey):
    name, key_id, encoded = vkey.strip().split("+", 2)
    raw = unbase64(encoded)
    check(raw[0] == 2 and sha(raw[1:])[:4].hex() == key_id, "not a vkey", Incomplete)
    spki = raw[1:]
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        check(len({n.lower() for n in names}) == len(names), "a file is in it twice")
        check(all(re.fullmatch(r"(?!.*(^|/)\.+(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", n) for n in names), "a file name is not allowed")
        files = {n: archive.read(n) for n in names}
    check_bag(files, name, spki)
    checkpoint = files["data/checkpoint"].decode()
    origin, size_text, root_text, end = open_note(checkpoint, name, spki).split("\n")
    check(origin == name and end == "", "the checkpoint is of another log")
    size, root = int(size_text), unbase64(root_text)
    check(files["data/vkey"].decode() == vkey.strip() + "\n", "the vkey in the bundle is another one")
    omitted = {o["id"]: o["reason"] for o in map(strict, files.get("data/omitted.jsonl", b"").splitlines())}
    leaves = files["data/headers.jsonl"].split(b"\n")
    check(leaves.pop() == b"" and leaves, "no events, or the last header is cut off")
    last, case, ids = -1, None, set()
    blindness, types = Blindness(), set()
    for number, leaf in enumerate(leaves, 1):
        header = strict(leaf)
        case = case or header["case"]
        check(header["v"] == 1 and header["log"] == name and header["case"] == case, f"event {number} is of another log or case")
        check(header["caseSeq"] == number and header["id"] not in ids, f"event {number}: one is missing, or the order was changed")
        index, body = check_event(files, header, leaf, checkpoint, size, root, omitted)
        check(index > last, f"event {number}: not in the order of the log")
        blindness.add(header, body)
        ids.add(header["id"])
        types.add(header["type"])
        last = index
    check(last == size - 1, "the last event is not the log's last at the checkpoint: some may be missing", Incomplete)
    for file in files:
        match = re.fullmatch(r"data/(?:bodies|proofs)/(.*)\.(?:json|tlog-proof)", file)
        check(not match or match[1] in ids, f"{file} belongs to no event")
    check("erased" not in omitted.values() or "subject.erased" in types, "content is said to be erased, but nothing was")
    return "\n".join([f"valid: {len(leaves)} events of case {case}, tree of {size} leaves"] + blindness.lines)


def main():
    try:
        with open(sys.argv[2], encoding="utf-8") as key:
            print(verify(sys.argv[1], key.read()))
        return 0
    except Tampered as problem:
        print(f"TAMPERED: {problem}")
        return 1
    except (Incomplete, zipfile.BadZipFile, KeyError, OSError, EOFError) as problem:
        print(f"INCOMPLETE OR UNREADABLE: {problem}")
        return 2
    except (ValueError, TypeError, AttributeError) as problem:  # what should have been of a form and is not
        print(f"TAMPERED: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
