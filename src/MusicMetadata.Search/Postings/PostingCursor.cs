using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Postings;

/// <summary>Walks over the ordinals of one n-gram, upwards, skipping the blocks that cannot hold what is looked for.</summary>
/// <param name="atOrBefore">Answers the last block that does not begin after a block key.</param>
/// <param name="after">Answers the first block that begins after a block key.</param>
internal sealed class PostingCursor(Statement atOrBefore, Statement after)
{
    private byte[] _bytes = new byte[1024];
    private PostingBlock.Decoder _block;
    private long _list;
    private long _blockKey;

    /// <summary>The ordinal where the cursor stands, if <see cref="MoveTo"/> was true.</summary>
    public uint Current => _block.Current;

    /// <summary>Begins with a list of many blocks.</summary>
    public void Begin(long list)
    {
        _list = list;
        _blockKey = -1;
    }

    /// <summary>Begins with a list of a single block.</summary>
    public void Begin(uint firstOrdinal, ReadOnlySpan<byte> block)
    {
        _list = 0;
        Load(firstOrdinal, block);
    }

    /// <summary>Goes on to the first ordinal that is not below <paramref name="target"/>; false when there is none.</summary>
    /// <exception cref="SqliteException">The index is damaged.</exception>
    public bool MoveTo(uint target)
    {
        if (_list == 0)
        {
            return _block.MoveTo(target);
        }

        if (_blockKey >= 0)
        {
            if (_block.MoveTo(target))
            {
                return true;
            }

            // No further away than this block is wide: most likely in the next one.
            var last = _block.Current;
            if (target - last <= last - (uint)_blockKey)
            {
                if (!Seek(after, _blockKey))
                {
                    return false;
                }

                if (_block.MoveTo(target))
                {
                    return true;
                }
            }
        }

        // In the block that begins nearest before the target, or else it is the first ordinal of the one after that.
        return (Seek(atOrBefore, IndexSchema.BlockKey(_list, target)) && _block.MoveTo(target))
            || (Seek(after, Math.Max(_blockKey, IndexSchema.BlockKey(_list, target))) && _block.MoveTo(target));
    }

    /// <summary>Loads the block that a statement answers; false when it is another list's, or not beyond the one that was loaded.</summary>
    private bool Seek(Statement statement, long blockKey)
    {
        using var rows = statement.Query(blockKey);
        if (!rows.Step() || rows.Number(0) is var found && (found <= _blockKey || found >> 32 != _list))
        {
            return false;
        }

        _blockKey = found;
        Load((uint)found, rows.Text(1));
        return true;
    }

    private void Load(uint firstOrdinal, ReadOnlySpan<byte> block)
    {
        if (_bytes.Length < block.Length + BitReader.Padding)
        {
            _bytes = new byte[(block.Length + BitReader.Padding) * 2];
        }

        block.CopyTo(_bytes);
        _bytes.AsSpan(block.Length, BitReader.Padding).Clear();
        _block = new PostingBlock.Decoder(_bytes, firstOrdinal);
    }
}
