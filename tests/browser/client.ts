// A client as a user would write it with the types that openapi-typescript makes. It is compiled, not run: what it gets wrong on purpose
// must stay an error.
import type { paths } from "./generated/api";

type Answer<P extends keyof paths> =
  paths[P] extends { get: { responses: { 200: { content: { "application/json": infer T } } } } } ? T : never;

async function get<P extends keyof paths>(path: P, url: string): Promise<Answer<P>> {
  const response = await fetch(url);
  if (!response.ok) {
    type Problem = paths[P] extends { get: { responses: { default: { content: { "application/problem+json": infer E } } } } } ? E : never;
    const problem: Problem = await response.json();
    throw new Error(JSON.stringify(problem));
  }

  return response.json();
}

export async function use(): Promise<string[]> {
  const track = await get("/lookup/track/{id}", "lookup/track/x");
  const artist = await get("/lookup/artist/{id}", "lookup/artist/x");
  const albums = await get("/search/album", "search/album?q=love&limit=5");
  const listing = await get("/lookup/album/{id}/tracks", "lookup/album/x/tracks");
  const query: paths["/search/track"]["get"]["parameters"]["query"] = { q: "love", limit: 5 };
  const body: NonNullable<paths["/batch/lookup"]["post"]["requestBody"]>["content"]["application/json"] = { tracks: ["x"], isrcs: ["y"] };
  type Batch = paths["/batch/lookup"]["post"]["responses"][200]["content"]["application/json"];
  const batch: Batch = await (await fetch("batch/lookup", { method: "POST", body: JSON.stringify(body) })).json();
  const minutes: number = track.duration_ms / 60_000;
  const lists: string[] = [...albums.map(album => album.name), ...listing.map(item => item.name)];
  const names: string[] = [track.name, artist.name, ...lists, query.q, String(minutes)];
  const missing: string | undefined = track.isrc;
  // @ts-expect-error A field that may be left out is not simply a string.
  const wrong: string = track.isrc;
  // @ts-expect-error There is no such field.
  void track.nothing;
  // @ts-expect-error A search needs a text.
  const bad: paths["/search/track"]["get"]["parameters"]["query"] = { limit: 5 };
  return [...names, missing ?? wrong, bad.q, ...Object.values(batch.tracks ?? {}).map(found => found.name)];
}
