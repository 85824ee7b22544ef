// @soundify/web-api: its client takes a base address.
import assert from "node:assert/strict";
import test from "node:test";
import * as soundify from "@soundify/web-api";
import { PageIterator } from "@soundify/web-api/pagination";
import { checkAlbum, checkArtist, checkTrack, expected, ids, server, unknown } from "./expected.mjs";

async function fetchToken() {
  const answer = await fetch(`${server}/api/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: "any", client_secret: "any" }),
  });
  return (await answer.json()).access_token;
}

const client = new soundify.SpotifyClient(null, { baseUrl: server, refresher: fetchToken });
const all = page => new PageIterator(offset => page({ limit: 20, offset })).collect();

test("a track and several tracks", async () => {
  for (const row of expected.tracks.slice(0, 5)) { checkTrack(await soundify.getTrack(client, row.id)); }
  const wanted = [...ids(expected.tracks), unknown, expected.tracks[0].id];
  assert.deepEqual((await soundify.getTracks(client, wanted, "DE")).map(track => track?.id ?? unknown), wanted);
});

test("an album, several albums and the tracks of one", async () => {
  checkAlbum(await soundify.getAlbum(client, expected.album.id));
  checkAlbum((await soundify.getAlbums(client, [expected.album.id]))[0]);
  assert.deepEqual(ids(await all(options => soundify.getAlbumTracks(client, expected.album.id, options))), expected.album.tracks);
});

test("an artist, its albums and top tracks", async () => {
  checkArtist(await soundify.getArtist(client, expected.artist.id));
  checkArtist((await soundify.getArtists(client, [expected.artist.id]))[0]);
  assert.deepEqual(ids(await all(options => soundify.getArtistAlbums(client, expected.artist.id, options))), expected.artist.albums);
  assert.deepEqual(
    ids(await all(options => soundify.getArtistAlbums(client, expected.artist.id, { ...options, include_groups: ["single"] }))),
    expected.artist.singles);
  assert.deepEqual(ids(await soundify.getArtistTopTracks(client, expected.artist.id)), expected.artist.topTracks);
});

test("a search finds each row by its names", async () => {
  for (const row of expected.tracks) {
    const found = await soundify.search(client, "track", { track: row.name, artist: row.artist }, { limit: 50 });
    assert.ok(ids(found.tracks.items).includes(row.id), row.name);
  }
});

test("markets", async () => assert.deepEqual(await soundify.getAvailableMarkets(client), expected.markets));

test("what the catalog has nothing for is refused", async () => {
  const calls = [
    () => soundify.getArtistRelatedArtists(client, expected.artist.id), () => soundify.getRecommendations(client, { limit: 1 }),
    () => soundify.getTrackAudioFeatures(client, expected.tracks[0].id), () => soundify.getCurrentUser(client),
  ];
  for (const call of calls) { await assert.rejects(call(), error => error.status === 403); }
});
