using MusicMetadata.Catalog;
using MusicMetadata.Matching;

namespace MusicMetadata.Search.Blocks;

/// <summary>What the index keeps of an album under its name.</summary>
/// <param name="Album">The album.</param>
/// <param name="ArtistHash">The lowest eight bits of <see cref="TitleSketch.HashOfArtist"/> of its first artist; 0 for none.</param>
/// <param name="Year">Year of release; 0 when unknown.</param>
/// <param name="TotalTracks">How many tracks it has.</param>
internal readonly record struct AlbumEntry(CatalogKey Album, byte ArtistHash, int Year, int TotalTracks);
