// spotify-web-api-node: its builders of requests take another host.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { checkAlbum, checkArtist, checkTrack, expected, ids, server, unknown } from "./expected.mjs";

const require = createRequire(import.meta.url);
const { hostname, port } = new URL(server);
for (const path of ["spotify-web-api-node/src/webapi-request", "spotify-web-api-node/src/authentication-request"]) {
  const module = require(path);
  const original = module.builder;
  module.builder = token => original(token).withHost(hostname).withPort(Number(port)).withScheme("http");
}

const SpotifyWebApi = require("spotify-web-api-node");
const api = new SpotifyWebApi({ clientId: "any", clientSecret: "any" });
test.before(async () => api.setAccessToken((await api.clientCredentialsGrant()).body.access_token));

/** All items of a paged list. */
async function all(page) {
  const items = [];
  for (let offset = 0, last; !last; offset += 20) {
    const { body } = await page({ limit: 20, offset });
    items.push(...body.items);
    last = body.next === null;
  }
  return items;
}

test("a track and several tracks", async () => {
  for (const row of expected.tracks.slice(0, 5)) { checkTrack((await api.getTrack(row.id)).body); }
  const wanted = [...ids(expected.tracks), unknown, expected.tracks[0].id];
  const { body } = await api.getTracks(wanted, { market: "DE" });
  assert.deepEqual(body.tracks.map(track => track?.id ?? unknown), wanted);
});

test("an album, several albums and the tracks of one", async () => {
  checkAlbum((await api.getAlbum(expected.album.id)).body);
  checkAlbum((await api.getAlbums([expected.album.id])).body.albums[0]);
  assert.deepEqual(ids(await all(options => api.getAlbumTracks(expected.album.id, options))), expected.album.tracks);
});

test("an artist, its albums and top tracks", async () => {
  checkArtist((await api.getArtist(expected.artist.id)).body);
  checkArtist((await api.getArtists([expected.artist.id])).body.artists[0]);
  assert.deepEqual(ids(await all(options => api.getArtistAlbums(expected.artist.id, options))), expected.artist.albums);
  const top = await api.getArtistTopTracks(expected.artist.id, expected.artist.market);
  assert.deepEqual(ids(top.body.tracks), expected.artist.topTracksOfMarket);
});

test("searches find each row by its names", async () => {
  for (const row of expected.tracks) {
    const tracks = (await api.searchTracks(`track:${row.name} artist:${row.artist}`, { limit: 50 })).body.tracks.items;
    assert.ok(ids(tracks).includes(row.id), row.name);
  }
  assert.ok(ids((await api.searchAlbums(`album:${expected.album.name}`, { limit: 50 })).body.albums.items).includes(expected.album.id));
  assert.equal((await api.searchArtists(expected.artist.name)).body.artists.items[0].name, expected.artist.name);
  assert.equal((await api.searchPlaylists("x")).body.playlists.total, 0);
});

test("what the catalog has nothing for is refused", async () => {
  const id = expected.artist.id;
  const refused = [
    () => api.getArtistRelatedArtists(id), () => api.getRecommendations({ seed_artists: [id] }), () => api.getAvailableGenreSeeds(),
    () => api.getNewReleases(), () => api.getAudioFeaturesForTrack(id), () => api.getAudioAnalysisForTrack(id), () => api.getMe(),
  ];
  for (const call of refused) { await assert.rejects(call(), error => error.statusCode === 403 && error.body.error.status === 403); }
  await assert.rejects(api.getTrack(unknown), error => error.statusCode === 404 && error.message.includes("non existing id"));
});
