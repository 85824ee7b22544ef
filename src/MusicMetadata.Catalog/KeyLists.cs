namespace MusicMetadata.Catalog;

/// <summary>Lists of keys, one for each thing that was asked for, in one array: a batch of ISRCs makes no list for each code.</summary>
public sealed class KeyLists
{
    private readonly List<int> _ends = [];
    private CatalogKey[] _keys = new CatalogKey[16];
    private int _used;

    /// <summary>How many lists have been ended.</summary>
    public int Count => _ends.Count;

    /// <summary>One list, valid until the next change.</summary>
    public ReadOnlyMemory<CatalogKey> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _keys.AsMemory(start, _ends[index] - start);
        }
    }

    /// <summary>Adds a key to the list that is open.</summary>
    public void Add(CatalogKey key)
    {
        if (_used == _keys.Length)
        {
            Array.Resize(ref _keys, _used * 2);
        }

        _keys[_used++] = key;
    }

    /// <summary>Ends the list that is open, which may be empty, and opens the next.</summary>
    public void EndList() => _ends.Add(_used);

    /// <summary>Forgets all lists.</summary>
    public void Clear()
    {
        _ends.Clear();
        _used = 0;
    }
}
