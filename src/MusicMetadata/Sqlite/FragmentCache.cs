using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.Sqlite;

/// <summary>Finished JSON of entities by rowid, in one buffer of bounded size that is emptied when it is full.</summary>
/// <remarks>A file never changes while it is open, so nothing here can be out of date.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer in memory holds nothing to dispose of.")]
internal sealed class FragmentCache
{
    /// <summary>Bytes after which the cache starts anew: a few hundred artists, the ones of a batch.</summary>
    private const int Capacity = 256 * 1024;

    private readonly Dictionary<long, (int Start, int Length)> _places = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private int _start;

    /// <summary>Creates an empty cache.</summary>
    public FragmentCache() => Writer = new Utf8JsonWriter(_buffer, CatalogJson.WriterOptions);

    /// <summary>Where a fragment is written between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>A kept fragment, valid until the next <see cref="Begin"/>; false when there is none.</summary>
    public bool TryGet(long rowid, out ReadOnlySpan<byte> fragment)
    {
        var found = _places.TryGetValue(rowid, out var place);
        fragment = found ? _buffer.WrittenSpan.Slice(place.Start, place.Length) : default;
        return found;
    }

    /// <summary>Begins a fragment. One that was begun and never ended, because reading failed, is dropped.</summary>
    public Utf8JsonWriter Begin()
    {
        if (_buffer.WrittenCount > Capacity)
        {
            _places.Clear();
            _buffer.ResetWrittenCount();
        }

        _start = _buffer.WrittenCount;
        Writer.Reset();
        return Writer;
    }

    /// <summary>Ends a fragment and keeps it.</summary>
    public ReadOnlySpan<byte> End(long rowid)
    {
        Writer.Flush();
        _places[rowid] = (_start, _buffer.WrittenCount - _start);
        return _buffer.WrittenSpan[_start..];
    }
}
