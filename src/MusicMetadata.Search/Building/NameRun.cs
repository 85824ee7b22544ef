using System.Runtime.InteropServices;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Part of an entity's names, folded and sorted, with their terms, in a file: what is read from the catalog is kept so, and never read
/// twice.
/// </summary>
/// <remarks>
/// Layout: for each row its order, key, length of the name, name, length of the terms, terms of eight bytes; then nothing. The file's name
/// says up to which key it goes.
/// </remarks>
internal sealed class NameRun : IDisposable
{
    private readonly SpillReader _reader;

    /// <summary>Opens a run before its first row.</summary>
    public NameRun(string path, int bufferSize) => _reader = new SpillReader(path, bufferSize);

    /// <summary>Where the current row stands in the order of answers.</summary>
    public SortKey SortKey { get; private set; }

    /// <summary>Length of the current row's name; <see cref="ReadName"/> reads it.</summary>
    public int NameLength { get; private set; }

    /// <summary>Goes to the next row; false at the end. Name and terms of the row before must have been read.</summary>
    public bool MoveNext()
    {
        if (_reader.AtEnd)
        {
            return false;
        }

        SortKey = new SortKey(unchecked((long)_reader.ReadNumber()), unchecked((long)_reader.ReadNumber()));
        NameLength = (int)_reader.ReadNumber();
        return true;
    }

    /// <summary>The current row's folded name, valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadName() => _reader.ReadBytes(NameLength);

    /// <summary>The current row's terms, valid until the next call.</summary>
    public ReadOnlySpan<long> ReadTerms() => MemoryMarshal.Cast<byte, long>(_reader.ReadBytes((int)_reader.ReadNumber()));

    /// <summary>Adds a row to a run that is being written.</summary>
    public static void Write(SpillWriter writer, SortKey sortKey, ReadOnlySpan<byte> name, ReadOnlySpan<byte> terms)
    {
        writer.WriteNumber(unchecked((ulong)sortKey.Order));
        writer.WriteNumber(unchecked((ulong)sortKey.Key));
        writer.WriteNumber((ulong)name.Length);
        writer.WriteBytes(name);
        writer.WriteNumber((ulong)terms.Length);
        writer.WriteBytes(terms);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
