"""expected.py DATABASE FOLDER: what clients must find in a catalog, as expected.json, and an album for beets, as album.tsv."""

import json
import sqlite3
import sys

database, folder = sys.argv[1:]
db = sqlite3.connect(f"file:{database}?immutable=1", uri=True)


def column(sql, *values):
    return [row[0] for row in db.execute(sql, values)]


def markets_of(text):
    return [code for code in text.split(",") if len(code) == 2]


artist, name, followers = db.execute("""
    SELECT a.rowid, a.name, a.followers_total FROM artists a JOIN artist_albums c ON c.artist_rowid = a.rowid
    GROUP BY a.rowid HAVING count(*) BETWEEN 30 AND 60 ORDER BY a.rowid LIMIT 1""").fetchone()
albums = """
    SELECT l.id FROM artist_albums c JOIN albums l ON l.rowid = c.album_rowid WHERE c.artist_rowid = ?1
    GROUP BY l.rowid HAVING %s ORDER BY l.release_date DESC, l.rowid"""
tops = """
    SELECT DISTINCT t.id, m.available_markets FROM track_artists c JOIN tracks t ON t.rowid = c.track_rowid
    JOIN available_markets m ON m.rowid = t.available_markets_rowid
    WHERE c.artist_rowid = ?1 ORDER BY t.popularity DESC, t.rowid DESC"""
top = db.execute(tops, (artist,)).fetchall()
market = "DE"

# The largest album, for its tracks to have several pages.
album, album_id, album_name, label, upc = db.execute("""
    SELECT l.rowid, l.id, l.name, l.label, l.external_id_upc FROM albums l JOIN tracks t ON t.album_rowid = l.rowid
    GROUP BY l.rowid ORDER BY count(*) DESC LIMIT 1""").fetchone()

tracks = []
for row in db.execute("""
        SELECT t.rowid, t.id, t.name, t.duration_ms, t.popularity, t.external_id_isrc, l.id
        FROM tracks t JOIN albums l ON l.rowid = t.album_rowid WHERE t.name GLOB '*[a-z]*' AND t.rowid % 997 = 1 LIMIT 40"""):
    artists = db.execute(
        "SELECT a.id, a.name FROM track_artists c JOIN artists a ON a.rowid = c.artist_rowid WHERE track_rowid = ?1 ORDER BY c.rowid",
        (row[0],)).fetchall()
    tracks.append({
        "id": row[1], "name": row[2], "duration_ms": row[3], "popularity": row[4], "isrc": row[5], "album": row[6],
        "artists": [one[0] for one in artists], "artist": artists[0][1]})

# An album that beets can find: it sends names without diacritics.
beets = next(
    row for row in db.execute("""
        SELECT l.rowid, l.id, l.name, a.name FROM albums l
        JOIN artist_albums c ON c.album_rowid = l.rowid AND c.index_in_album = 0 JOIN artists a ON a.rowid = c.artist_rowid
        WHERE l.total_tracks BETWEEN 5 AND 8 AND l.name GLOB '*[a-z]* *[a-z]*' AND a.name GLOB '*[a-z]* *[a-z]*'""")
    if row[2].isascii() and row[3].isascii() and row[2].replace(" ", "").isalpha())
wanted = db.execute(
    "SELECT id, name, duration_ms FROM tracks WHERE album_rowid = ?1 ORDER BY disc_number, track_number", (beets[0],)).fetchall()

with open(f"{folder}/expected.json", "w", encoding="utf-8") as file:
    json.dump({
        "markets": sorted({code for text in column("SELECT available_markets FROM available_markets") for code in markets_of(text)}),
        "artist": {
            "id": column("SELECT id FROM artists WHERE rowid = ?1", artist)[0], "name": name, "followers": followers, "market": market,
            "albums": column(albums % "1", artist),
            "singles": column(
                albums % "min(c.is_appears_on OR c.is_implicit_appears_on) = 0 AND l.album_type = 'single'", artist),
            "topTracks": [one[0] for one in top][:10],
            "topTracksOfMarket": [one[0] for one in top if market in markets_of(one[1])][:10],
        },
        "album": {
            "id": album_id, "name": album_name, "label": label, "upc": upc,
            "tracks": column("SELECT id FROM tracks WHERE album_rowid = ?1 ORDER BY disc_number, track_number, rowid", album),
        },
        "tracks": tracks,
        "beets": {
            "album": beets[2], "artist": beets[3], "id": beets[1],
            "tracks": [one[1] for one in wanted], "ids": [one[0] for one in wanted],
        },
    }, file)

with open(f"{folder}/album.tsv", "w", encoding="utf-8") as file:
    for number, (_, title, duration) in enumerate(wanted, start=1):
        # A letter too many, and no accents.
        print(f"{number:02}", duration / 1000, title + "e", beets[3].lower(), beets[2].lower(), sep="\t", file=file)
