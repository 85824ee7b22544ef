// @spotify/web-api-ts-sdk: its token comes through the global fetch, the rest through SpotifyApi.rootUrl.
import assert from "node:assert/strict";
import test from "node:test";
import { SpotifyApi } from "@spotify/web-api-ts-sdk";
import { checkAlbum, checkArtist, checkTrack, expected, ids, server, unknown } from "./expected.mjs";

const original = globalThis.fetch;
globalThis.fetch = (address, options) => original(String(address).replace("https://accounts.spotify.com", server), options);
SpotifyApi.rootUrl = `${server}/v1/`;
const api = SpotifyApi.withClientCredentials("any", "any");

/** All items of a paged list. */
async function all(page) {
  const items = [];
  for (let offset = 0, last; !last; offset += 20) {
    const { items: more, next } = await page(20, offset);
    items.push(...more);
    last = next === null;
  }
  return items;
}

test("a track and several tracks", async () => {
  for (const row of expected.tracks.slice(0, 5)) { checkTrack(await api.tracks.get(row.id)); }
  const wanted = [...ids(expected.tracks), unknown, expected.tracks[0].id];
  const tracks = await api.tracks.get(wanted, "DE");
  assert.deepEqual(tracks.map(track => track?.id ?? unknown), wanted);
});

test("an album, several albums and the tracks of one", async () => {
  checkAlbum(await api.albums.get(expected.album.id));
  assert.deepEqual(ids(await api.albums.get([expected.album.id, expected.album.id])), [expected.album.id, expected.album.id]);
  assert.deepEqual(ids(await all((limit, offset) => api.albums.tracks(expected.album.id, "DE", limit, offset))), expected.album.tracks);
});

test("an artist, its albums and top tracks", async () => {
  checkArtist(await api.artists.get(expected.artist.id));
  checkArtist((await api.artists.get([expected.artist.id]))[0]);
  assert.deepEqual(ids(await all((limit, offset) => api.artists.albums(expected.artist.id, undefined, undefined, limit, offset))),
    expected.artist.albums);
  assert.deepEqual(ids(await all((limit, offset) => api.artists.albums(expected.artist.id, "single", undefined, limit, offset))),
    expected.artist.singles);
  assert.deepEqual(ids((await api.artists.topTracks(expected.artist.id)).tracks), expected.artist.topTracks);
});

test("a search finds each row by its names", async () => {
  for (const row of expected.tracks) {
    const found = await api.search(`track:"${row.name}" artist:"${row.artist}"`, ["track", "artist", "album"], undefined, 50);
    assert.ok(ids(found.tracks.items).includes(row.id), row.name);
    found.tracks.items.forEach(track => assert.ok(track.album.id));
  }
});

test("markets", async () => assert.deepEqual((await api.markets.getAvailableMarkets()).markets, expected.markets));

test("what the catalog has nothing for is refused", async () => {
  await assert.rejects(api.artists.relatedArtists(expected.artist.id), /related artists/);
  await assert.rejects(api.recommendations.get({ limit: 1 }), /recommendations/);
  await assert.rejects(api.tracks.audioFeatures(expected.tracks[0].id), /audio features/);
  await assert.rejects(api.currentUser.profile(), /no users/);
});
