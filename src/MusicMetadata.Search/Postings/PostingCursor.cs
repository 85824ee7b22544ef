using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Postings;

/// <summary>Walks over the ranks of one gram, upwards, skipping the chunks that cannot hold what is looked for.</summary>
/// <param name="atOrBefore">Answers the last chunk that does not begin after a place.</param>
/// <param name="after">Answers the first chunk that begins after a place.</param>
internal sealed class PostingCursor(Statement atOrBefore, Statement after)
{
    private byte[] _bytes = new byte[1024];
    private PostingChunk.Decoder _chunk;
    private long _list;
    private long _place;

    /// <summary>The rank where the cursor stands, if <see cref="MoveTo"/> was true.</summary>
    public uint Current => _chunk.Current;

    /// <summary>Begins with a list of many chunks.</summary>
    public void Begin(long list)
    {
        _list = list;
        _place = -1;
    }

    /// <summary>Begins with a list of a single chunk.</summary>
    public void Begin(uint firstRank, ReadOnlySpan<byte> chunk)
    {
        _list = 0;
        Load(firstRank, chunk);
    }

    /// <summary>Goes on to the first rank that is not below <paramref name="target"/>; false when there is none.</summary>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    public bool MoveTo(uint target)
    {
        if (_list == 0)
        {
            return _chunk.MoveTo(target);
        }

        if (_place >= 0)
        {
            if (_chunk.MoveTo(target))
            {
                return true;
            }

            // No further away than this chunk is wide: most likely in the next one.
            var last = _chunk.Current;
            if (target - last <= last - (uint)_place)
            {
                if (!Seek(after, _place))
                {
                    return false;
                }

                if (_chunk.MoveTo(target))
                {
                    return true;
                }
            }
        }

        // In the chunk that begins nearest before the target, or else it is the first rank of the one after that.
        return (Seek(atOrBefore, IndexSchema.Place(_list, target)) && _chunk.MoveTo(target))
            || (Seek(after, Math.Max(_place, IndexSchema.Place(_list, target))) && _chunk.MoveTo(target));
    }

    /// <summary>Loads the chunk that a statement answers; false when it is another list's, or not beyond the one that was loaded.</summary>
    private bool Seek(Statement statement, long place)
    {
        using var rows = statement.Query(place);
        if (!rows.Step() || rows.Number(0) is var found && (found <= _place || found >> 32 != _list))
        {
            return false;
        }

        _place = found;
        Load((uint)found, rows.Text(1));
        return true;
    }

    private void Load(uint firstRank, ReadOnlySpan<byte> chunk)
    {
        if (_bytes.Length < chunk.Length + BitReader.Padding)
        {
            _bytes = new byte[(chunk.Length + BitReader.Padding) * 2];
        }

        chunk.CopyTo(_bytes);
        _bytes.AsSpan(chunk.Length, BitReader.Padding).Clear();
        _chunk = new PostingChunk.Decoder(_bytes, firstRank);
    }
}
