// What the explorer calls the schemas of the OpenAPI document: its scripts are checked against the document's own types.
import type { components } from "../generated/api";

declare global {
  type Track = components["schemas"]["Track"];
  type Album = components["schemas"]["Album"];
  type Artist = components["schemas"]["Artist"];
  type Image = components["schemas"]["Image"];
  type MatchAnswer = components["schemas"]["MatchAnswer"];
  type MatchError = components["schemas"]["MatchError"];
  type RouteIndex = components["schemas"]["RouteIndex"];
}
