using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MusicMetadata.Catalog;

namespace MusicMetadata.SqliteStore;

/// <summary>Finished JSON of entities by rowid, of which the lately used ones are kept.</summary>
/// <remarks>
/// Two buffers of bounded size: when the young one is full, the old one is emptied and they change roles; what is asked for in the old one
/// moves to the young one. That keeps what is in use, without a list to maintain at each hit. A file never changes while it is open, so
/// nothing here can be out of date.
/// </remarks>
/// <param name="capacity">Bytes of JSON in each of the two buffers.</param>
[SuppressMessage("Design", "CA1001", Justification = "A writer over a buffer in memory holds nothing to dispose of.")]
internal sealed class FragmentCache(int capacity)
{
    private readonly ArrayBufferWriter<byte> _scratch = new(4 * 1024);
    private Utf8JsonWriter? _writer;
    private Generation _young = new();
    private Generation _old = new();

    /// <summary>A kept fragment, valid until the next call; false when there is none.</summary>
    public bool TryGet(long rowid, out ReadOnlySpan<byte> fragment)
    {
        if (_young.TryGet(rowid, out fragment))
        {
            return true;
        }

        if (!_old.TryGet(rowid, out fragment))
        {
            return false;
        }

        // The exchange that keeping may cause reuses the buffer that the fragment lies in; the copy is the one that stays.
        Keep(rowid, fragment);
        return _young.TryGet(rowid, out fragment);
    }

    /// <summary>Begins a fragment. One that was begun and never ended, because reading failed, is dropped.</summary>
    public Utf8JsonWriter Begin()
    {
        _scratch.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_scratch, CatalogJson.WriterOptions);
        _writer.Reset();
        return _writer;
    }

    /// <summary>Ends a fragment and keeps it; valid until the next call.</summary>
    public ReadOnlySpan<byte> End(long rowid)
    {
        _writer!.Flush();
        Keep(rowid, _scratch.WrittenSpan);
        return _scratch.WrittenSpan;
    }

    private void Keep(long rowid, ReadOnlySpan<byte> fragment)
    {
        if (_young.Length + fragment.Length > capacity)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(rowid, fragment);
    }

    private sealed class Generation
    {
        private readonly Dictionary<long, (int Start, int Length)> _places = [];
        private readonly ArrayBufferWriter<byte> _json = new();

        public int Length => _json.WrittenCount;

        public bool TryGet(long rowid, out ReadOnlySpan<byte> fragment)
        {
            var found = _places.TryGetValue(rowid, out var place);
            fragment = found ? _json.WrittenSpan.Slice(place.Start, place.Length) : default;
            return found;
        }

        public void Add(long rowid, ReadOnlySpan<byte> fragment)
        {
            _places[rowid] = (_json.WrittenCount, fragment.Length);
            _json.Write(fragment);
        }

        public void Clear()
        {
            _places.Clear();
            _json.ResetWrittenCount();
        }
    }
}
