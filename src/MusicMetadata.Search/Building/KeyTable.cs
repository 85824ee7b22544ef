using MusicMetadata.Catalog;

namespace MusicMetadata.Search.Building;

/// <summary>
/// A value for each key, in pages, so that keys with large gaps between them take little: as many bytes as the value has for each key.
/// </summary>
internal sealed class KeyTable<T>
    where T : unmanaged
{
    private const int PageSize = 4096;

    private readonly Dictionary<long, T[]> _pages = [];
    private T[] _last = [];
    private long _lastPage = long.MinValue;

    /// <summary>The value of a key; the default where none was set.</summary>
    public T this[CatalogKey key]
    {
        get => PageOf(key, create: false) is { } page ? page[key.Value & (PageSize - 1)] : default;
        set => PageOf(key, create: true)![key.Value & (PageSize - 1)] = value;
    }

    private T[]? PageOf(CatalogKey key, bool create)
    {
        var number = key.Value / PageSize - (key.Value < 0 ? 1 : 0);
        if (number == _lastPage)
        {
            return _last;
        }

        if (!_pages.TryGetValue(number, out var page))
        {
            if (!create)
            {
                return null;
            }

            page = new T[PageSize];
            _pages.Add(number, page);
        }

        (_last, _lastPage) = (page, number);
        return page;
    }
}
