namespace MusicMetadata.Compact.Coding;

/// <summary>
/// A block of some pairs of numbers, as a row of a table: the differences between neighbours. Single keys are pairs whose second number is
/// always 0 and takes no room.
/// </summary>
internal static class KeyList
{
    /// <summary>Keys of a block of an order.</summary>
    public const int KeysInBlock = 1000;

    /// <summary>Pairs of a block that is searched: few, because reading one reads those before it.</summary>
    public const int PairsInBlock = 128;

    /// <summary>Adds keys to a blob.</summary>
    public static void AddKeys(ByteBuffer blob, ReadOnlySpan<long> keys)
    {
        var before = 0L;
        foreach (var key in keys)
        {
            blob.AddSigned(key - before);
            before = key;
        }
    }

    /// <summary>Adds the keys of a blob to a list.</summary>
    /// <exception cref="InvalidDataException">It does not hold keys.</exception>
    public static void ReadKeys(ReadOnlySpan<byte> blob, List<long> keys)
    {
        var cursor = new ByteCursor(blob);
        var before = 0L;
        while (!cursor.IsAtEnd)
        {
            keys.Add(before += cursor.ReadSigned());
        }
    }

    /// <summary>Adds pairs of a key and a row to a blob.</summary>
    public static void AddPairs(ByteBuffer blob, ReadOnlySpan<(long Key, long Row)> pairs)
    {
        var (key, row) = (0L, 0L);
        foreach (var pair in pairs)
        {
            blob.AddSigned(pair.Key - key);
            blob.AddSigned(pair.Row - row);
            (key, row) = pair;
        }
    }

    /// <summary>Adds the pairs of a blob to a list.</summary>
    /// <exception cref="InvalidDataException">It does not hold pairs.</exception>
    public static void ReadPairs(ReadOnlySpan<byte> blob, List<(long Key, long Row)> pairs)
    {
        var cursor = new ByteCursor(blob);
        var (key, row) = (0L, 0L);
        while (!cursor.IsAtEnd)
        {
            key += cursor.ReadSigned();
            row += cursor.ReadSigned();
            pairs.Add((key, row));
        }
    }
}
