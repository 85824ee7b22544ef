using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>
/// Adds image rows. Their addresses are as long as real ones, on a host that cannot exist, so that nobody is asked for pictures.
/// </summary>
internal sealed class ImageRows(RowInsert insert)
{
    /// <summary>Widths and heights of an artist's images.</summary>
    public static readonly int[] OfArtist = [640, 320, 160];

    /// <summary>Widths and heights of an album's images.</summary>
    public static readonly int[] OfAlbum = [640, 300, 64];

    private readonly Utf8Text _url = new();

    /// <summary>Adds one image of each size, and some of the rows twice.</summary>
    public void Write(long owner, int[] sizes, ref SplitMix random, int duplicatesInThousand)
    {
        foreach (var size in sizes)
        {
            _ = _url.Clear().Add("https://images.example/"u8).AddRandom(ref random, "0123456789abcdef"u8, 40);
            insert.Bind(1, owner);
            insert.Bind(2, size);
            insert.Bind(3, size);
            insert.Bind(4, _url.Bytes);
            insert.Execute();
            if (random.InThousand(duplicatesInThousand))
            {
                insert.Execute();
            }
        }
    }
}
