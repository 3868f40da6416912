#!/usr/bin/env python3
"""A second verifier of SignalReview's bundles, written from docs/guides/verify.md alone: Python's standard library and openssl.

usage: verify.py BUNDLE VKEY-FILE [OLD-CHECKPOINT]      exit code 0 = valid, 1 = tampered with, 2 = incomplete or unreadable
       verify.py --batch FOLDER [PART/PARTS]            a line for each FOLDER/KEY~*.zip, held against FOLDER/KEY.vkey: name, exit code, what is wrong
"""
import base64, collections, csv, datetime, hashlib, io, json, os, re, subprocess, sys, tempfile, zipfile

ALWAYS = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bundle-signature", "data/checkpoint", "data/vkey",
          "data/headers.jsonl", "data/omitted.jsonl", "data/events.csv", "data/report.html"]
REQUIRED = {"case": [], "period": ["data/bodies.jsonl", "data/range.txt"], "everything": ["data/bodies.jsonl", "data/range.txt"]}
OPTIONAL = ["data/consistency.txt", "data/key-rotations", "data/report.pdf", "data/prov.json"]
PROFILES = ["full", "noBodies", "noThirdParties"]
COLUMNS = ["caseSeq", "leafIndex", "at", "type", "actor", "actorName", "role", "onBehalfOf", "cause", "policy", "id", "body", "content"]
MEMBERS = {"v": int, "log": str, "id": str, "at": str, "type": str, "case": str, "caseSeq": int, "actor": str, "role": str, "onBehalfOf": str,
           "cause": str, "policy": str, "commit": str}
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d\.\d{3}Z"


class Wrong(Exception):
    """What ends one check; the others go on."""


class Missing(Wrong):
    pass


FORM = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, csv.Error)  # what should have been of a form and is not


class Findings:
    def __init__(self):
        self.tampered, self.incomplete = [], []

    def check(self, condition, message, missing=False):
        if not condition:
            (self.incomplete if missing else self.tampered).append(message)
        return condition

    def run(self, what, function, *arguments):
        """One check: what it raises is a finding, and the next check goes on."""
        try:
            return function(*arguments)
        except Missing as problem:
            self.check(False, f"{what}: {problem}", missing=True)
        except (Wrong,) + FORM as problem:
            self.check(False, f"{what}: {problem}")
        return None

    def code(self):
        return 1 if self.tampered else 2 if self.incomplete else 0


def sha(data):
    return hashlib.sha256(data).digest()


def need(condition, message, kind=Wrong):
    if not condition:
        raise kind(message)


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "not plain base64")
    return data


def hash32(text):
    data = unbase64(text)
    need(len(data) == 32, "not a hash")
    return data


def number(text):
    need(re.fullmatch("0|[1-9][0-9]{0,17}", text), f"not a number: {text}")
    return int(text)


def canonical(value):  # bodies hold no fractions; Python sorts by code point, JCS by UTF-16 unit
    def ordered(v):
        if isinstance(v, dict):
            return {k: ordered(v[k]) for k in sorted(v, key=lambda s: s.encode("utf-16-be"))}
        need(not isinstance(v, float) and not (type(v) is int and abs(v) > 2**53 - 1), "not a whole number that JCS can hold")
        return [ordered(i) for i in v] if isinstance(v, list) else v
    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def strict(text):
    def pairs(items):
        need(len(dict(items)) == len(items), "a key stands twice")
        return dict(items)
    return json.loads(text, object_pairs_hook=pairs)


def read_vkey(vkey):
    name, key_id, encoded = vkey.strip().split("+", 2)
    raw = unbase64(encoded)
    need(raw[0] == 2 and sha(raw[1:])[:4].hex() == key_id, "not a vkey", Missing)
    return name, raw[1:]


SIGNED = {}  # openssl is asked once about the same signature


def is_signature(spki, signature, text):
    asked = (spki, signature, text)
    if asked not in SIGNED:
        with tempfile.TemporaryDirectory() as folder:
            for file, data in (("key", spki), ("signature", signature), ("text", text)):
                with open(f"{folder}/{file}", "wb") as out:
                    out.write(data)
            SIGNED[asked] = subprocess.run(
                ["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", f"{folder}/key", "-signature", f"{folder}/signature", f"{folder}/text"],
                capture_output=True, check=False).returncode == 0
    return SIGNED[asked]


def open_note(note, name, keys, size_of=None):
    """The text of a signed note, if the trusted key signed it, or one that it vouches for: (key, size of the last tree that it signed, or None)."""
    text, split, signatures = note.rpartition("\n\n")
    need(split and signatures.endswith("\n"), "not a signed note")
    text, mine, good = text + "\n", 0, 0
    size = size_of(text) if size_of else None
    for line in signatures[:-1].split("\n"):
        dash, who, signature = line.split(" ")
        raw = unbase64(signature)
        need(dash == "\u2014", "not a signature line")
        for spki, until in keys:
            if who == name and raw[:4] == sha(spki)[:4]:
                mine += 1
                need(is_signature(spki, raw[4:], text.encode()), "a signature is wrong")
                good += until is None or size is None or size <= until
    need(mine, "not signed with the given key")
    need(good, "signed with a key that had been handed over")
    return text


def vkey_of(name, spki):
    return f"{name}+{sha(spki)[:4].hex()}+{base64.b64encode(bytes([2]) + spki).decode()}"


def read_rotations(text, name, trusted):
    """The keys of the log, first to last, each with the size of the last tree that it signed; the trusted one must be among them."""
    head = "signalreview/key-rotation/v1"
    notes, keys = [head + rest for rest in ("\n" + text).split("\n" + head)[1:]], []
    need(notes and "\n".join(notes) == text, "not a list of rotations")
    for note in notes:
        lines = note.split("\n")
        need(len(lines) == 10 and lines[:2] == [head, name] and lines[6] == lines[9] == "", "not a note on a rotation")
        need(lines[2].startswith("old ") and lines[3].startswith("new "), "not a note on a rotation")
        (_, old), (_, new), size = read_vkey(lines[2][4:]), read_vkey(lines[3][4:]), number(lines[4])
        need([vkey_of(name, old), vkey_of(name, new)] == [lines[2][4:], lines[3][4:]], "a rotation names other keys")
        hash32(lines[5])
        for key in (old, new):
            open_note(note, name, [(key, None)])
        need(not keys or keys[-1][0] == old and keys[-2][1] <= size, "a rotation does not follow the one before")
        keys = keys[:-1] + [(old, size), (new, None)]
    need(len({sha(key)[:4] for key, _ in keys}) == len(keys), "a key comes back")
    need(trusted in [key for key, _ in keys], "the trusted key is not among those that were rotated")
    return keys


def size_of_checkpoint(text):
    lines = text.split("\n")
    return int(lines[1]) if len(lines) == 4 and re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]) else None


def check_token(token, note):
    """A token of a time-stamping authority: signed, and for this note. Whether the authority is to be trusted is asked with openssl ts -verify."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/token", "wb") as out:
            out.write(token)
        done = subprocess.run(["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", f"{folder}/token", "-out", f"{folder}/info"],
                              capture_output=True, check=False)
        need(done.returncode == 0, "a token is not signed")
        with open(f"{folder}/info", "rb") as info:
            need(sha(note) in info.read(), "a token is for another checkpoint")


def node(left, right):
    return sha(b"\1" + left + right)


def root_of(leaf, index, size, proof):
    """RFC 9162 section 2.1.3.2."""
    need(index < size, "an index outside the tree")
    fn, sn, r = index, size - 1, sha(b"\0" + leaf)
    for p in proof:
        need(sn != 0, "a proof is too long")
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "a proof is too short")
    return r


def read_consistency(text):
    lines = text.split("\n")
    need(len(lines) > 3 and lines[0] == "signalreview/consistency/v1" and lines[1].startswith("from ") and lines[2].startswith("to ") and lines[-1] == "", "not a proof")
    return number(lines[1][5:]), number(lines[2][3:]), [hash32(h) for h in lines[3:-1]]


def consistent(old_size, old_root, new_size, new_root, proof):
    """RFC 9162 section 2.1.4.2."""
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == sha(b"")
    power = old_size & (old_size - 1) == 0
    if old_size > new_size or not proof and not power:
        return False
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = old_root if power else proof[0]
    for p in proof if power else proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(p, fr), node(p, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


class Edge:
    """A tree that grows by leaves: the roots of its complete subtrees, largest first."""
    def __init__(self, size, hashes):
        self.size, self.hashes = size, list(hashes)

    def add(self, leaf):
        h, size = sha(b"\0" + leaf), self.size
        while size & 1:
            h, size = node(self.hashes.pop(), h), size >> 1
        self.hashes.append(h)
        self.size += 1

    def root(self):
        root = self.hashes[-1] if self.hashes else sha(b"")
        for h in reversed(self.hashes[:-1]):
            root = node(h, root)
        return root


class Blindness:
    """Step 7 of the guide, for one case: each reading, vote and urn stands before the one reveal that shows it."""
    ENTRIES = {"interpretation.submitted": "readings", "vote.cast": "ballots", "urn.sealed": "urn"}
    REVEALS = {"interpretations.revealed": ["readings"], "votes.revealed": ["ballots", "urn"]}

    def __init__(self, findings):
        self.findings = findings
        self.open = {"readings": {}, "ballots": {}, "urn": {}}
        self.ended, self.voters, self.lines = set(), [], []

    def add(self, header, body):
        known = isinstance(body, dict)
        round_ = body.get("round") if known else None
        round_ = round_ if type(round_) is int else None
        where = f"event {header['caseSeq']} ({header['id']})"
        kind = self.ENTRIES.get(header["type"])
        if header["type"] == "urn.cast":
            self.findings.check(round_ is None or ("urn", round_) not in self.ended and all(u[0] != round_ for u in self.open["urn"].values()),
                                f"{where}: not blind, after the urn of its round was sealed")
            self.voters.append(round_)
        elif kind:
            if self.findings.check(round_ is None or (kind, round_) not in self.ended, f"{where}: not blind, after the reveal of its round"):
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
            self.findings.check(isinstance(id_, str) and id_ in self.open[kind], f"{where}: reveals an entry that does not stand before it")
        for id_, (its, entry_seq, ballots) in list(self.open[kind].items()):
            fits = its is None or round_ is None or its == round_
            if named is None and not fits:
                continue
            if named is not None and id_ not in named:
                left_out = kind == "readings" or its is not None and its == round_
                if self.findings.check(not left_out, f"{where}: leaves out the entry {id_}"):
                    continue
            else:
                self.findings.check(fits, f"{where}: reveals an entry of another round")
                if kind == "urn" and ballots is not None and its is not None and None not in self.voters:
                    self.findings.check(self.voters.count(its) == ballots, f"{where}: an urn with {ballots} ballots of {self.voters.count(its)} voters")
                self.lines.append(f"{kind} no. {entry_seq} fixed before its reveal, no. {seq}")
            del self.open[kind][id_]
        if round_ is not None:
            self.ended.add((kind, round_))


class Bundle:
    def __init__(self, files, vkey):
        self.files, self.vkey, self.findings = files, vkey, Findings()
        self.name, self.spki = read_vkey(vkey)
        self.keys = [(self.spki, None)]
        self.check, self.run = self.findings.check, self.findings.run
        self.size = self.root = self.origin = None
        self.lines, self.unknown = [], []
        self.cases, self.omissions, self.count = {}, 0, 0

    def text(self, name):
        return self.files[name].decode()

    # The bag

    def read_info(self):
        self.info = {}
        for line in self.text("bag-info.txt").split("\n"):
            if line:
                key, colon, value = line.partition(": ")
                self.check(colon and key and key not in self.info, f"bag-info.txt: {line}")
                self.info.setdefault(key, value)
        self.scope, self.profile = self.info.get("SignalReview-Scope"), self.info.get("SignalReview-Profile")
        need(self.info.get("SignalReview-Format") == "2" and self.scope in REQUIRED and self.profile in PROFILES, "a form that is not known", Missing)
        self.period = None
        if self.scope == "period":
            period = self.info.get("SignalReview-Period", "")
            need(re.fullmatch(f"{TIME}/{TIME}", period), "a form that is not known", Missing)
            self.period = period.split("/")
            for moment in self.period:
                need(is_time(moment), "a form that is not known", Missing)
            need(self.period[0] < self.period[1], "a form that is not known", Missing)
        return True

    def check_bag(self):
        if "bagit.txt" in self.files:
            self.check(self.files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bagit.txt was changed")
        listed = {"tagmanifest-sha256.txt", "bundle-signature"}
        for manifest, payload in (("tagmanifest-sha256.txt", False), ("manifest-sha256.txt", True)):
            if manifest in self.files:
                self.run(manifest, self.check_manifest, manifest, payload, listed)
        for file in set(self.files) - listed:
            self.check(False, f"{file} is not listed")
        if "tagmanifest-sha256.txt" in self.files and "bundle-signature" in self.files:
            signed = open_note(self.text("bundle-signature"), self.name, self.keys)
            tags = sha(self.files["tagmanifest-sha256.txt"]).hex()
            self.check(signed == f"signalreview/bundle/v1\n{self.name}\n{tags}\n", "the signature is for other files")

    def check_manifest(self, manifest, payload, listed):
        for line in self.text(manifest).splitlines():
            digest, _, file = line.partition("  ")
            if not self.check(file and file.startswith("data/") == payload and file not in listed, f"{manifest}: {line}"):
                continue
            listed.add(file)
            if self.check(file in self.files, f"{file} is missing", missing=True):
                self.check(sha(self.files[file]).hex() == digest, f"{file} was changed")

    def read_checkpoint(self):
        if "data/vkey" in self.files:
            self.check(self.files["data/vkey"] == (vkey_of(self.name, self.keys[-1][0]) + "\n").encode(), "the vkey in the bundle is another one")
        origin, size, root, end = open_note(self.text("data/checkpoint"), self.name, self.keys, size_of_checkpoint).split("\n")
        need(end == "", "not a checkpoint")
        size, root = number(size), hash32(root)
        need(origin == self.name, "the checkpoint is of another log")
        self.origin, self.size, self.root = origin, size, root

    def read_rotations(self):
        self.keys = read_rotations(self.text("data/key-rotations"), self.name, self.spki)
        place = [key for key, _ in self.keys].index(self.spki)
        self.lines.append(f"the given key is number {place + 1} of {len(self.keys)} that followed one another")

    def check_anchor(self, folder):
        path = f"data/anchors/{folder}/"
        need(path + "checkpoint" in self.files and path + "consistency.txt" in self.files, "a file is missing")
        origin, size, root, end = open_note(self.text(path + "checkpoint"), self.name, self.keys, size_of_checkpoint).split("\n")
        need(end == "" and origin == self.name and size == folder, "not a checkpoint of this log")
        size, root = number(size), hash32(root)
        start, target, proof = read_consistency(self.text(path + "consistency.txt"))
        need((start, target) == (size, self.size) and consistent(size, root, self.size, self.root, proof), "the log does not go on from it")
        for token in sorted(f for f in self.files if f.startswith(path) and f.endswith(".tsr")):
            check_token(self.files[token], self.files[path + "checkpoint"])
            self.lines.append(f"the first {size} events were time-stamped: {token}")

    # The events

    def read_header(self, leaf):
        header = strict(leaf)
        for member, kind in MEMBERS.items():
            need(member not in header or type(header[member]) is kind, f"{member} is of another type")
        optional = {"case", "caseSeq", "onBehalfOf", "cause", "policy"}
        need(set(header) <= set(MEMBERS) and set(MEMBERS) - optional <= set(header) and header["v"] == 1, "not a header")
        need(("case" in header) == ("caseSeq" in header) and header.get("caseSeq", 1) >= 1, "case without number, or number without case")
        for member in ("id", "case", "cause"):
            need(member not in header or re.fullmatch(UUID, header[member]), f"{member} is no id")
        need(is_time(header["at"]) and len(unbase64(header["commit"])) == 32, "not a time, or not a commitment")
        need(canonical(header) == leaf, "not canonical")
        return header

    def read_omission(self, line):
        omission = strict(line)
        need(re.fullmatch(UUID, omission["id"]), "no id")
        plain = omission.get("reason") in ("erased", "blind", "closed", "outside") and set(omission) == {"id", "reason"}
        profile = omission.get("reason") == "profile" and set(omission) == {"id", "profile", "reason"} and omission["profile"] in PROFILES
        need((plain or profile) and canonical(omission) == line, "not an omission")
        return omission

    def inside(self, header):
        return self.period is None or self.period[0] <= header["at"] < self.period[1]

    def check_omission(self, where, header, omission):
        self.omissions += 1
        if omission["reason"] == "profile":
            self.check(omission["profile"] == self.profile and self.profile != "full" and self.inside(header), f"{where}: another profile")
        else:
            self.check((omission["reason"] == "outside") == (not self.inside(header)), f"{where}: left out for a reason that does not hold")

    def check_body(self, where, header, body, salt):
        commitment = sha(b"signalreview/commit/v1\n" + salt + canonical(body))
        self.check(unbase64(header["commit"]) == commitment, f"{where}: the content was changed")
        self.check(self.profile != "noBodies" and self.inside(header), f"{where}: a body that should not be there")

    def rows(self):
        text = self.files["data/events.csv"].decode()
        need(text.startswith("\ufeff"), "no byte order mark")
        need(not re.search(r'[^\r]\n', re.sub(r'"[^"]*"', "", text)), "a row does not end in CR LF")
        rows = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
        need(rows and rows[0] == COLUMNS, "other columns")
        return collections.deque(rows[1:])

    def check_row(self, row, header, index, state, body):
        """Raises when the row is another event's: then the rest is not compared."""
        content = "" if body is None else canonical(body[0]).decode()
        cells = [str(header.get("caseSeq", "")), str(index or 0), header["at"], header["type"], header["actor"], "", header["role"], header.get("onBehalfOf", ""),
                 header.get("cause", ""), header.get("policy", ""), header["id"], state, content]
        cells = ["'" + c if c[:1] in tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") and c else c for c in cells]
        if not self.check(len(row) == len(cells), f"events.csv: {header['id']}: {len(row)} cells"):
            return True
        for column, is_, should in zip(COLUMNS, row, cells):
            free = column == "actorName" and self.profile != "noThirdParties" or column == "leafIndex" and index is None \
                or state == "" and column in ("body", "content")
            if not free and is_ != should:
                need(column not in ("caseSeq", "leafIndex", "id"), f"{header['id']}: {column} is of another event")
                self.check(False, f"events.csv: {header['id']}: {column}")
                break
        return True

    def check_events(self):
        leaves = self.files["data/headers.jsonl"].split(b"\n")
        self.check(leaves.pop() == b"", "the last header is cut off")
        self.count = len(leaves)
        if not self.check(leaves, "no events", missing=True):
            return
        rows = self.run("events.csv", self.rows) if "data/events.csv" in self.files else None
        of = self.case_bodies() if self.scope == "case" else self.range_bodies()
        place = self.case_place() if self.scope == "case" else self.range_place()
        next(of), next(place)
        seen, erased, erasures = set(), {}, set()
        for line, leaf in enumerate(leaves, 1):
            header = self.run(f"header on line {line}", self.read_header, leaf)
            index = place.send((line, leaf, header))
            if header is None:
                if rows:
                    rows.popleft()
                continue
            where = f"event {header.get('caseSeq')} ({header['id']})"
            self.check(header["log"] == self.name, f"{where}: of another log")
            self.check("case" in header, f"{where}: of no case")
            self.check(header["id"] not in seen, f"{where}: stands twice")
            seen.add(header["id"])
            self.check_number(where, header)
            body, omission = of.send((where, header))
            state = omission["reason"] if omission else "included" if body else ""
            if rows is not None:
                there = self.check(rows, "events.csv ends too early")
                rows = rows if there and self.run("events.csv", self.check_row, rows.popleft(), header, index, state, body) else None
            if omission and omission["reason"] == "erased":
                erased.setdefault(header.get("case"), where)
            if header["type"] == "subject.erased":
                erasures.add(header.get("case"))
            if self.scope != "period":
                case = self.cases.setdefault(header.get("case"), Blindness(self.findings))
                case.add(header, body[0] if body else None)
        of.close(), place.close()
        self.check(not rows, "events.csv: rows without an event follow")
        if self.scope != "period":
            for case in set(erased) - erasures:
                self.check(False, f"{erased[case]}: said to be erased, but nothing was")
        if self.scope == "case":
            for file in self.files:
                if file.startswith(("data/bodies/", "data/proofs/")):
                    match = re.fullmatch(rf"data/(?:bodies/({UUID})\.json|proofs/({UUID})\.tlog-proof)", file)
                    self.check(match and (match[1] or match[3]) in seen, f"{file} belongs to no event")
            for id_ in self.listed:
                self.check(id_ in seen, f"omitted.jsonl: {id_} is no event here")
        else:
            self.check(not any(f.startswith(("data/bodies/", "data/proofs/")) for f in self.files), "a file of a single event in a range")
        self.lines = [line for case in self.cases.values() for line in case.lines] if self.scope == "case" else []

    def check_number(self, where, header):
        numbers = self.__dict__.setdefault("numbers", {})
        case = None if self.scope == "case" else header.get("case")
        if self.scope == "case":
            first = numbers.setdefault("case", header.get("case"))
            self.check(header.get("case") == first, f"{where}: of another case")
        expected = numbers.get((case,), header.get("caseSeq") if self.scope == "period" else 1)
        self.check(header.get("caseSeq") == expected, f"{where}: expected number {expected}")
        numbers[(case,)] = (header.get("caseSeq") or expected or 0) + 1

    # One case: a proof and a body of its own for each event

    def case_place(self):
        checkpoint, last, index = self.files.get("data/checkpoint", b"").decode(errors="replace"), -1, None
        sent = yield
        try:
            while True:
                line, leaf, header = sent
                index = None
                if header:
                    index = self.run(f"event {header.get('caseSeq')} ({header['id']})", self.read_proof, header, leaf, checkpoint)
                    if index is not None:
                        self.check(index > last, f"line {line}: not in the order of the log")
                        last = index
                sent = yield index
        finally:
            if index is not None and self.size is not None:
                self.check(last == self.size - 1, "the last event is not the log's last at the checkpoint: some may be missing", missing=True)

    def read_proof(self, header, leaf, checkpoint):
        file = f"data/proofs/{header['id']}.tlog-proof"
        need(file in self.files, "no proof", Missing)
        head, split, note = self.text(file).partition("\n\n")
        lines = head.split("\n")
        need(split and lines[0] == "c2sp.org/tlog-proof@v1" and lines[1].startswith("index "), "not a proof")
        index, hashes = number(lines[1][6:]), [hash32(h) for h in lines[2:]]
        need("data/checkpoint" not in self.files or note == checkpoint, "the proof leads to another checkpoint")
        if self.size is not None:
            need(root_of(leaf, index, self.size, hashes) == self.root, "header and proof do not lead to the root")
        return index

    def case_bodies(self):
        self.listed = {}
        lines = self.files.get("data/omitted.jsonl", b"").split(b"\n")
        self.check(lines.pop() == b"", "omitted.jsonl is cut off")
        for line in lines:
            omission = self.run("omitted.jsonl", self.read_omission, line)
            if omission and self.check(omission["id"] not in self.listed, "omitted.jsonl: twice the same"):
                self.listed[omission["id"]] = omission
        sent = yield
        while True:
            where, header = sent
            file, omission = f"data/bodies/{header['id']}.json", self.listed.get(header["id"])
            body = None
            if file in self.files:
                self.check(omission is None, f"{where}: the body is there and left out")
                body = self.run(where, self.read_body, file, where, header)
                omission = None
            elif self.check(omission, f"{where}: the body is missing", missing=True):
                self.check_omission(where, header, omission)
            sent = yield body, omission

    def read_body(self, file, where, header):
        content = strict(self.files[file])
        need(set(content) == {"body", "salt"}, "not a body")
        salt = hash32(content["salt"])
        if self.check(canonical(content) == self.files[file], f"{where}: the body is not canonical"):
            self.check_body(where, header, content["body"], salt)
        return [content["body"]]

    # A range of the log: all its leaves

    def read_range(self):
        lines = self.text("data/range.txt").split("\n")
        need(lines[0] == "signalreview/range/v1" and lines[1].startswith("from ") and lines[2].startswith("to ") and lines[3] == "before"
             and lines[-1] == "" and "after" in lines, "not a range")
        first, end, after = number(lines[1][5:]), number(lines[2][3:]), lines.index("after")
        before = [hash32(h) for h in lines[4:after]]
        need(first < end and len(before) == bin(first).count("1"), "not a range")
        return first, end, before, [hash32(h) for h in lines[after + 1:-1]]

    def range_place(self):
        found = self.run("range.txt", self.read_range) if "data/range.txt" in self.files else None
        first, end, before, after = found or (0, None, [], [])
        edge = Edge(first, before)
        sent = yield
        try:
            while True:
                line, leaf, header = sent
                edge.add(leaf)
                if header and self.period and found:
                    self.check(not (first > 0 and line == 1) or header["at"] < self.period[0], "the period's beginning is not shown", missing=True)
                    last = self.size is not None and edge.size == end and end < self.size
                    self.check(not last or header["at"] >= self.period[1], "the period's end is not shown", missing=True)
                sent = yield edge.size - 1 if found else None
        finally:
            if found and self.check(edge.size == end, f"{edge.size - first} headers for {end - first} leaves") and self.size is not None:
                if self.check(end <= self.size and (self.scope == "period" or (first, end) == (0, self.size)), "not the range that it should be"):
                    self.check(consistent(end, edge.root(), self.size, self.root, after), "headers and range do not lead to the root")
            elif found and self.size is not None:
                self.check(end <= self.size and (self.scope == "period" or (first, end) == (0, self.size)), "not the range that it should be")

    def range_bodies(self):
        queues = {}
        for name in ("bodies", "omitted"):
            lines = self.files.get(f"data/{name}.jsonl", b"").split(b"\n")
            self.check(lines.pop() == b"", f"{name}.jsonl is cut off")
            pattern = rb'\{"body":.*,"id":"([^"]{36})","salt":"[^"]{44}"\}' if name == "bodies" else rb'\{"id":"([^"]{36})".*'
            queues[name] = [(m[1].decode(errors="replace") if (m := re.fullmatch(pattern, line, re.DOTALL)) else None, line) for line in reversed(lines)]
        sent = yield
        try:
            while True:
                where, header = sent
                line, left_out = self.next_line(queues["bodies"], header["id"]), self.next_line(queues["omitted"], header["id"])
                omission, body = None, None
                if left_out is not None:
                    omission = self.run(where, self.read_omission, left_out)
                    if omission:
                        self.check_omission(where, header, omission)
                if line is not None:
                    self.check(left_out is None, f"{where}: the body is there and left out")
                    body = self.run(where, self.read_line, line, where, header)
                    omission = None if body else omission
                else:
                    self.check(left_out is not None, f"{where}: the body is missing", missing=True)
                sent = yield body, omission
        finally:
            for name, queue in queues.items():
                self.check(not queue, f"{name}.jsonl: lines that belong to no event here")

    def next_line(self, queue, id_):
        """The event's line; one that belongs to no event here is left behind."""
        if queue and queue[-1][0] == id_:
            return queue.pop()[1]
        if len(queue) > 1 and queue[-2][0] == id_:
            self.check(False, f"a line belongs to no event here: {queue.pop()[0]}")
            return queue.pop()[1]
        return None

    def read_line(self, line, where, header):
        content = strict(line)
        need(set(content) == {"body", "id", "salt"} and canonical(content) == line, "not a body in canonical form")
        self.check_body(where, header, content["body"], hash32(content["salt"]))
        return [content["body"]]

    # All of it

    def check_info(self):
        expected = {"SignalReview-Events": self.count, "SignalReview-Bodies-Omitted": self.omissions}
        if self.scope == "case" and "numbers" in self.__dict__ and self.numbers.get("case"):
            expected["SignalReview-Case"] = self.numbers["case"]
        if self.size is not None:
            expected.update({"SignalReview-Tree-Size": self.size, "SignalReview-Log": self.origin})
        for field, value in expected.items():
            self.check(self.info.get(field) == str(value), f"bag-info.txt: {field} is {self.info.get(field)}, found {value}")

    def check_since(self, since):
        if self.size is None:
            return
        try:
            origin, size, root, end = open_note(since, self.name, self.keys, size_of_checkpoint).split("\n")
            size, root = number(size), hash32(root)
            need(origin == self.name and end == "", "of another log")
        except (Wrong,) + FORM as problem:
            raise Missing(f"the old checkpoint is of no use: {problem}") from problem
        if size == self.size:
            need(root == self.root, "two roots for one size")
            return
        need("data/consistency.txt" in self.files, "no proof from the old checkpoint", Missing)
        start, target, proof = read_consistency(self.text("data/consistency.txt"))
        need((start, target) == (size, self.size), "no proof from the old checkpoint", Missing)
        need(consistent(size, root, self.size, self.root, proof), "history was rewritten")

    def verify(self, since=None):
        known = self.run("bag-info.txt", self.read_info) if "bag-info.txt" in self.files else None
        required = ALWAYS + (REQUIRED[self.scope] if known else [])
        for file in required:
            self.check(file in self.files, f"{file} is missing", missing=True)
        if "data/key-rotations" in self.files:
            self.run("data/key-rotations", self.read_rotations)
        if "data/checkpoint" in self.files:
            self.run("checkpoint", self.read_checkpoint)
        if self.size is not None:
            for folder in sorted({f.split("/")[2] for f in self.files if f.startswith("data/anchors/")}):
                self.run(f"data/anchors/{folder}", self.check_anchor, folder)
        if known:
            if "data/headers.jsonl" in self.files:
                self.run("events", self.check_events)
            self.check_info()
            judged = set(required + OPTIONAL)
            self.unknown = sorted(f for f in self.files if f not in judged and not f.startswith(("data/bodies/", "data/proofs/", "data/anchors/")))
        self.run("bag", self.check_bag)
        if since:
            self.run("since", self.check_since, since)
        return self.findings


def is_time(text):
    try:
        return bool(re.fullmatch(TIME, text)) and bool(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ"))
    except ValueError:
        return False


def judge(path, vkey, since=None):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            odd = [n for n in names if not re.fullmatch(r"(?!.*(^|/)\.+(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", n)]
            twice = len({n.lower() for n in names}) != len(names)
            files = {n: archive.read(n) for n in names if n not in odd}
        bundle = Bundle(files, vkey)
    except (Missing, zipfile.BadZipFile, OSError, EOFError, NotImplementedError) + FORM as problem:
        findings = Findings()
        findings.check(False, str(problem), missing=True)
        return findings, None
    findings = bundle.verify(since)
    findings.check(not odd and not twice, f"file names that are not allowed: {odd}")
    return findings, bundle


def main():
    if sys.argv[1:2] == ["--batch"]:
        part, parts = map(int, (sys.argv[3:4] or ["0/1"])[0].split("/"))
        for name in sorted(f for f in os.listdir(sys.argv[2]) if f.endswith(".zip"))[part::parts]:
            key = os.path.join(sys.argv[2], name.split("~")[0] + ".vkey")
            with open(key, encoding="utf-8") as file:
                findings, _ = judge(os.path.join(sys.argv[2], name), file.read())
            print(name, findings.code(), "; ".join((findings.tampered + findings.incomplete)[:3]), sep="\t")
        return 0
    with open(sys.argv[2], encoding="utf-8") as key:
        vkey = key.read()
    since = None
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8", newline="") as old:
            since = old.read()
    findings, bundle = judge(sys.argv[1], vkey, since)
    for problem in findings.tampered:
        print(f"TAMPERED: {problem}")
    for problem in findings.incomplete:
        print(f"INCOMPLETE OR UNREADABLE: {problem}")
    if findings.code() == 0:
        print(f"valid: {bundle.count} events, scope {bundle.scope}, profile {bundle.profile}, tree of {bundle.size} leaves")
        print("\n".join(bundle.lines + [f"not judged: {f}" for f in bundle.unknown]))
    return findings.code()


if __name__ == "__main__":
    sys.exit(main())
