using MusicMetadata.Catalog;
using MusicMetadata.Search.Postings;

namespace MusicMetadata.Search.Terms;

/// <summary>Walks over the ordinals that have one of some terms, upwards.</summary>
internal sealed class TermCursor
{
    private readonly List<PostingCursor> _cursors = [];

    /// <summary>Where each cursor stands; -1 before its first ordinal.</summary>
    private readonly List<long> _current = [];

    /// <summary>How many ordinals there are at most.</summary>
    public long Ordinals { get; private set; }

    /// <summary>Adds a list, before its first ordinal.</summary>
    public void Add(PostingCursor cursor, long ordinals)
    {
        _cursors.Add(cursor);
        _current.Add(-1);
        Ordinals += ordinals;
    }

    /// <summary>Goes on to the first ordinal that is not below a target, and returns it; beyond all ordinals when there is none.</summary>
    public long MoveTo(long target)
    {
        var lowest = long.MaxValue;
        for (var i = 0; i < _cursors.Count; i++)
        {
            if (_current[i] < target)
            {
                _current[i] = _cursors[i].MoveTo((uint)target) ? _cursors[i].Current : long.MaxValue;
            }

            lowest = Math.Min(lowest, _current[i]);
        }

        return lowest;
    }

    /// <summary>The first ordinals that all cursors have.</summary>
    public static List<long> Intersect(List<TermCursor> cursors, int count, Deadline deadline)
    {
        // The rarest leads; the others are asked only whether they have what it has.
        cursors.Sort((one, other) => one.Ordinals.CompareTo(other.Ordinals));
        var found = new List<long>();
        var steps = 0;
        for (var ordinal = 0L; ordinal <= uint.MaxValue && found.Count < count;)
        {
            if ((++steps & 0xFF) == 0)
            {
                deadline.ThrowIfOver();
            }

            var next = ordinal;
            foreach (var cursor in cursors)
            {
                next = cursor.MoveTo(ordinal);
                if (next > ordinal)
                {
                    break;
                }
            }

            if (next == ordinal)
            {
                found.Add(ordinal);
                next++;
            }

            ordinal = next;
        }

        return found;
    }
}
