using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>A value for each number of a row, in one array: MusicBrainz numbers its rows from 1 with few gaps.</summary>
/// <param name="name">The table, for the message about a number that cannot be.</param>
internal sealed class IdTable<T>(string name)
    where T : unmanaged
{
    /// <summary>Some ten times as many as MusicBrainz has releases: beyond that a damaged number would take all memory.</summary>
    private const int MaxId = 1 << 26;

    private T[] _values = new T[1024];

    /// <summary>The value of a row; the default unless it was set.</summary>
    public T this[int id]
    {
        get => id < _values.Length ? _values[id] : default;
        set
        {
            if (id >= MaxId)
            {
                throw new OperatorException($"{name} has a row with the number {id}, which is none of MusicBrainz's: the file is damaged.");
            }

            if (id >= _values.Length)
            {
                Array.Resize(ref _values, Math.Max(_values.Length * 2, id + 1));
            }

            _values[id] = value;
        }
    }
}
