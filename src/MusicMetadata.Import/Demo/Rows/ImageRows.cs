using MusicMetadata.Import.Demo.Invention;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Import.Demo.Rows;

/// <summary>
/// Adds image rows. Their addresses are built as real ones are, on a host that cannot exist, so that nobody is asked for pictures: twelve
/// digits for what is shown, four for the size, and twenty-four that are the same for all sizes of one image.
/// </summary>
internal sealed class ImageRows(RowInsert insert)
{
    /// <summary>Widths and heights of an artist's images.</summary>
    public static readonly int[] OfArtist = [640, 320, 160];

    /// <summary>Widths and heights of an album's images.</summary>
    public static readonly int[] OfAlbum = [640, 300, 64];

    private const int OtherImageInThousand = 10;

    private readonly Utf8Text _digits = new();
    private readonly Utf8Text _url = new();

    /// <summary>Adds one image of each size, and some of the rows twice.</summary>
    public void Write(long owner, int[] sizes, ref SplitMix random, int duplicatesInThousand)
    {
        var kind = sizes == OfAlbum ? "a1b0000d0000"u8 : "a2710000d000"u8;
        _ = _digits.Clear();
        foreach (var size in sizes)
        {
            if (_digits.Bytes.IsEmpty || random.InThousand(OtherImageInThousand))
            {
                _ = _digits.Clear().AddRandom(ref random, "0123456789abcdef"u8, 24);
            }

            _ = _url.Clear().Add("https://images.example/"u8).Add(kind).Add(size, 4).Add(_digits.Bytes);
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
