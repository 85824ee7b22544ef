using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Building;

/// <summary>
/// Collects in memory which ordinals have which n-gram, and writes what it has to a run, sorted by n-gram, when its memory is used up. The
/// gaps of each n-gram stand in a chain of slices of one large array, so that an ordinal costs little more than a byte and no sorting.
/// </summary>
/// <param name="memory">About how many bytes to use.</param>
internal sealed class PostingAccumulator(long memory)
{
    private const int FirstSlice = 16;
    private const int MaxSlice = 2048;
    private const int PointerSize = sizeof(int);
    private const int MaxPool = 1_900_000_000;

    // Where in a full array of ASCII pairs "nothing follows" stands.
    private const int Ascii = 128;

    private readonly bool[] _full = new bool[Ascii * (Ascii + 1)];
    private Slot[] _slots = new Slot[1 << 16];
    private byte[] _pool = new byte[(int)Math.Min(MaxPool, memory * 7 / 10)];
    private int _ngrams;

    /// <summary>Where the next slice begins; 0 is never one, so that it can mean none.</summary>
    private int _end = 1;

    /// <summary>Whether it is time to write a run.</summary>
    public bool IsFull => ((long)_slots.Length * Slot.Size) + _end > memory * 9 / 10 || _end > _pool.Length * 0.95;

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => _ngrams == 0;

    /// <summary>How many ordinals have been added to all n-grams, in all runs.</summary>
    public long Postings { get; private set; }

    /// <summary>Adds the n-grams of a name. Ordinals must ascend.</summary>
    public void Add(uint ordinal, ReadOnlySpan<byte> folded)
    {
        if (folded.IsEmpty)
        {
            return;
        }

        _ = Rune.DecodeFromUtf8(folded, out var second, out var position);
        var first = default(Rune);
        AddShort(ordinal, second, null);
        for (var characters = 1; position < folded.Length; characters++)
        {
            _ = Rune.DecodeFromUtf8(folded[position..], out var third, out var length);
            position += length;
            AddShort(ordinal, third, null);
            AddShort(ordinal, second, third);
            if (characters >= 2)
            {
                AddLong(ordinal, NGram.Of(first, second, third));
            }

            (first, second) = (second, third);
        }
    }

    /// <summary>Adds a term of a name, or a term that stands at other places too. Ordinals must ascend.</summary>
    public void Add(uint ordinal, long term)
    {
        ref var slot = ref Find(term);
        if (slot.Count == 0 || slot.Last != ordinal)
        {
            Append(ref slot, ordinal);
        }
    }

    /// <summary>Writes everything, sorted by n-gram, and begins anew.</summary>
    public void Spill(string path)
    {
        var slots = Array.FindAll(_slots, slot => slot.Count > 0);
        Array.Sort(slots, (one, other) => one.NGram.CompareTo(other.NGram));
        using var writer = new SpillWriter(path);
        foreach (var slot in slots)
        {
            PostingRun.Begin(writer, slot.NGram, slot.Count, slot.Bytes);
            var (slice, size, left) = (slot.Head, FirstSlice, slot.Bytes);
            while (left > 0)
            {
                var held = Math.Min(left, size - PointerSize);
                writer.WriteBytes(_pool.AsSpan(slice, held));
                left -= held;
                slice = left > 0 ? BinaryPrimitives.ReadInt32LittleEndian(_pool.AsSpan(slice + held)) : 0;
                size = Math.Min(MaxSlice, size * 2);
            }
        }

        writer.Finish();
        Array.Clear(_slots);
        (_ngrams, _end) = (0, 1);
    }

    /// <summary>An n-gram of one or two characters, of which only the first ordinals are ever asked for.</summary>
    private void AddShort(uint ordinal, Rune first, Rune? second)
    {
        var inAscii = first.IsAscii && (second is null || second.Value.IsAscii);
        var index = inAscii ? (first.Value * (Ascii + 1)) + (second?.Value ?? Ascii) : -1;
        if (inAscii && _full[index])
        {
            return;
        }

        ref var slot = ref Find(second is null ? NGram.Of(first) : NGram.Of(first, second.Value));
        if (slot.Count == IndexSchema.MaxShortOrdinals)
        {
            // Remembered beyond this run: whatever comes later has higher ordinals.
            if (inAscii)
            {
                _full[index] = true;
            }

            return;
        }

        if (slot.Count == 0 || slot.Last != ordinal)
        {
            Append(ref slot, ordinal);
        }
    }

    private void AddLong(uint ordinal, long ngram)
    {
        for (var occurrence = 0; occurrence < NGram.Occurrences; occurrence++)
        {
            ref var slot = ref Find(ngram + occurrence);
            if (slot.Count == 0 || slot.Last != ordinal)
            {
                Append(ref slot, ordinal);
                return;
            }
        }
    }

    private void Append(ref Slot slot, uint ordinal)
    {
        if (slot.Count == 0)
        {
            _ngrams++;
            slot.Head = slot.Write = NewSlice(FirstSlice);
            slot.SliceEnd = slot.Head + FirstSlice - PointerSize;
        }

        Span<byte> gap = stackalloc byte[10];
        var length = Varint.Write(gap, ordinal - slot.Last);
        for (var i = 0; i < length; i++)
        {
            if (slot.Write == slot.SliceEnd)
            {
                Extend(ref slot);
            }

            _pool[slot.Write++] = gap[i];
            slot.Bytes++;
        }

        slot.Last = ordinal;
        slot.Count++;
        Postings++;
    }

    private void Extend(ref Slot slot)
    {
        // Slices double, so how much an n-gram has written says how large its next one is.
        var size = FirstSlice;
        for (var written = slot.Bytes; size < MaxSlice && written >= size - PointerSize; size *= 2)
        {
            written -= size - PointerSize;
        }

        var next = NewSlice(size);
        BinaryPrimitives.WriteInt32LittleEndian(_pool.AsSpan(slot.SliceEnd), next);
        slot.Write = next;
        slot.SliceEnd = next + size - PointerSize;
    }

    private int NewSlice(int size)
    {
        if (_end + size > _pool.Length)
        {
            // Only a single name of megabytes comes here: after every other one there is a look at IsFull.
            Array.Resize(ref _pool, (int)Math.Min(Array.MaxLength, _pool.Length * 2L));
        }

        _end += size;
        return _end - size;
    }

    /// <summary>The slot of an n-gram, with a count of 0 when it is new.</summary>
    private ref Slot Find(long ngram)
    {
        if (_ngrams * 4L >= _slots.Length * 3L)
        {
            Grow();
        }

        return ref Find(_slots, ngram);
    }

    private static ref Slot Find(Slot[] slots, long ngram)
    {
        // Fibonacci hashing: neighbouring n-grams differ in their low bits only.
        var index = (int)(((ulong)ngram * 0x9E3779B97F4A7C15) >> 32) & (slots.Length - 1);
        while (slots[index].Count > 0 && slots[index].NGram != ngram)
        {
            index = (index + 1) & (slots.Length - 1);
        }

        slots[index].NGram = ngram;
        return ref slots[index];
    }

    private void Grow()
    {
        var larger = new Slot[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot.Count > 0)
            {
                Find(larger, slot.NGram) = slot;
            }
        }

        _slots = larger;
    }

    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    private struct Slot
    {
        /// <summary>Bytes that one takes.</summary>
        public const int Size = 32;

        public long NGram;
        public uint Last;
        public int Count;

        /// <summary>Begin of the first slice.</summary>
        public int Head;

        /// <summary>Where the next byte goes.</summary>
        public int Write;

        /// <summary>Where the current slice has the index of the next one.</summary>
        public int SliceEnd;

        /// <summary>Bytes written to all slices.</summary>
        public int Bytes;
    }
}
