"""check-tags.py EXPECTED FILE...: the files have the tags of the album that beets should have found."""

import json
import sys

from mediafile import MediaFile

with open(sys.argv[1], encoding="utf-8") as file:
    expected = json.load(file)["beets"]
files = sorted((MediaFile(path) for path in sys.argv[2:]), key=lambda one: one.track)
assert [one.title for one in files] == expected["tracks"], [one.title for one in files]
assert {one.album for one in files} == {expected["album"]}, {one.album for one in files}
assert {one.albumartist for one in files} == {expected["artist"]}, {one.albumartist for one in files}
assert [one.mb_trackid for one in files] == expected["ids"], [one.mb_trackid for one in files]
