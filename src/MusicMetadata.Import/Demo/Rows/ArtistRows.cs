using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Import.Demo.Invention;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>The rows of <c>artists</c>, <c>artist_genres</c> and <c>artist_images</c>.</summary>
internal sealed class ArtistRows(CatalogFile file, DemoOptions options, ArtistRanks ranks, Names names)
{
    private const int ArtistsWithGenresInThousand = 72;
    private const int ArtistsWithImagesInThousand = 575;

    private static readonly string[] Colours = (
        "deep dark indie new post neo acid dream folk garage electro soft hard modern classic minimal melodic latin nordic alpine desert "
        + "urban space baroque").Split(' ');

    private static readonly string[] Styles = (
        "house rock pop jazz metal techno folk soul funk trance punk blues disco ambient hip-hop reggae country gospel swing bossa grunge "
        + "dub drone choir opera polka tango salsa samba rumba waltz fado").Split(' ');

    private readonly Utf8Text _text = new();
    private readonly ImageRows _images = new(file.Insert("artist_images"));

    /// <summary>Adds them all.</summary>
    public void Write(IWorkStage stage, CancellationToken cancellation)
    {
        // 24 times 32: the 768 genres of the real catalog.
        var genres = Array.ConvertAll(
            [.. Colours.SelectMany(colour => Styles.Select(style => $"{colour} {style}"))], Encoding.UTF8.GetBytes);
        var artists = file.Insert("artists");
        var artistGenres = file.Insert("artist_genres");
        for (var number = 0; number < options.Artists; number++)
        {
            var random = new SplitMix(options.Seed, RowKind.Artist, -1 - number);
            var rowid = Ids.Artist(number);
            var rank = ranks.RankOf(number);
            artists.Bind(1, rowid);
            Ids.Make(_text, options.Seed, RowKind.ArtistId, number);
            artists.Bind(2, _text.Bytes);
            artists.Bind(3, 1_700_000_000_000 + number);
            names.AddArtist(_text.Clear(), options.Seed, number);
            artists.Bind(4, _text.Bytes);
            artists.Bind(5, Followers(rank, ref random));
            artists.Bind(6, Math.Max(0, 97 - (7 * (31 - int.LeadingZeroCount(rank + 1))) - random.Below(4)));
            artists.Execute();

            for (var left = random.InThousand(ArtistsWithGenresInThousand) ? 1 + random.Below(3) : 0; left > 0; left--)
            {
                artistGenres.Bind(1, rowid);
                artistGenres.Bind(2, genres[random.Below(3) == 0 ? random.Below(genres.Length) : random.Zipf(9)]);
                artistGenres.Execute();
            }

            if (random.InThousand(ArtistsWithImagesInThousand))
            {
                _images.Write(rowid, ImageRows.OfArtist, ref random, duplicatesInThousand: 0);
            }

            if (number % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(number);
            }
        }

        stage.Advance(options.Artists);
    }

    /// <summary>The best known one has more followers than 32 bits can tell: no reader of the column may cut it off.</summary>
    private static long Followers(int rank, ref SplitMix random) =>
        rank == 0 ? 5_000_000_000 : 90_000_000L / (rank + 1) * (50 + random.Below(100)) / 100;
}
