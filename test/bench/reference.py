"""The reference that hashing is held against: canonical text and SHA-256 of the same records, in Python.

Reads records.jsonl (a path), prints JSON: records and seconds. Only the loop is timed, not the reading.
"""

import hashlib
import json
import sys
import time

with open(sys.argv[1], encoding="utf-8") as file:
    records = [json.loads(line) for line in file]

started = time.perf_counter()
for record in records:
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    hashlib.sha256(b"\x00" + text.encode("utf-8")).hexdigest()
seconds = time.perf_counter() - started

print(json.dumps({"records": len(records), "seconds": seconds}))
