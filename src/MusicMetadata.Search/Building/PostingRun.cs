using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Building;

/// <summary>N-grams with their ordinals, sorted by n-gram, in a file.</summary>
/// <remarks>
/// Layout: for each n-gram itself, the number of its ordinals, the number of bytes that follow, and the gaps; the first is the first
/// ordinal.
/// </remarks>
internal sealed class PostingRun : IDisposable
{
    private readonly SpillReader _reader;
    private int _bytes;

    /// <summary>Opens a run before its first n-gram.</summary>
    public PostingRun(string path, int bufferSize) => _reader = new SpillReader(path, bufferSize);

    /// <summary>The current n-gram.</summary>
    public long NGram { get; private set; }

    /// <summary>How many ordinals it has in this run.</summary>
    public int Count { get; private set; }

    /// <summary>Goes to the next n-gram; false at the end. The gaps of the one before must have been read.</summary>
    public bool MoveNext()
    {
        if (_reader.AtEnd)
        {
            return false;
        }

        NGram = unchecked((long)_reader.ReadFixed());
        Count = (int)_reader.ReadNumber();
        _bytes = (int)_reader.ReadNumber();
        return true;
    }

    /// <summary>The current n-gram's gaps as <see cref="Varint"/>s, valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadGaps() => _reader.ReadBytes(_bytes);

    /// <summary>Adds an n-gram to a run that is being written; its gaps must follow.</summary>
    public static void Begin(SpillWriter writer, long ngram, int count, int bytes)
    {
        writer.WriteFixed(unchecked((ulong)ngram));
        writer.WriteNumber((ulong)count);
        writer.WriteNumber((ulong)bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
