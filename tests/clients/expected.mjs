// What the catalog has, read from its database by check-clients, and what is the same for every client.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const server = process.env.METADATA_API;
export const expected = JSON.parse(readFileSync(process.env.EXPECTED, "utf8"));

assert.ok(expected.tracks.length > 20 && expected.artist.albums.length > 20 && expected.album.tracks.length > 0);

/** @param {{ id: string }[]} objects */
export const ids = objects => objects.map(one => one.id);

/** An id that nothing has. */
export const unknown = "0".repeat(22);

/** A track as a client returns it, against its row. */
export function checkTrack(track) {
  const row = expected.tracks.find(one => one.id === track.id);
  assert.equal(track.name, row.name);
  assert.equal(track.duration_ms, row.duration_ms);
  assert.equal(track.popularity, row.popularity);
  assert.equal(track.external_ids.isrc ?? null, row.isrc);
  assert.equal(track.album.id, row.album);
  assert.deepEqual(ids(track.artists), row.artists);
}

/** A full album as a client returns it, against its row. */
export function checkAlbum(album) {
  assert.equal(album.id, expected.album.id);
  assert.equal(album.name, expected.album.name);
  assert.equal(album.label, expected.album.label);
  assert.equal(album.external_ids.upc ?? null, expected.album.upc);
  assert.equal(album.tracks.total, expected.album.tracks.length);
  assert.deepEqual(ids(album.tracks.items), expected.album.tracks.slice(0, 50));
}

/** An artist as a client returns it, against its row. */
export function checkArtist(artist) {
  assert.equal(artist.id, expected.artist.id);
  assert.equal(artist.name, expected.artist.name);
  assert.equal(artist.followers.total, expected.artist.followers);
}
