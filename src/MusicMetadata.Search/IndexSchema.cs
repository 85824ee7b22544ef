namespace MusicMetadata.Search;

/// <summary>What stands where in an index file.</summary>
public static class IndexSchema
{
    /// <summary>Name of the index beside the database.</summary>
    public const string FileName = "search_index.sqlite3";

    /// <summary>
    /// The version of everything an index depends on: tables, encoding, n-grams and folding. An index of another version is built anew.
    /// </summary>
    public const string Version = "5";

    /// <summary>
    /// How many ordinals an n-gram of one or two characters has at most: as many as a search without filters can reach. They need no
    /// confirming, so the rest of their lists, a third of the whole index, would hardly ever be read.
    /// </summary>
    public const int MaxShortOrdinals = SearchLimits.MaxReach;

    /// <summary>Row of <c>about</c> with <see cref="Version"/>.</summary>
    public const string VersionKey = "version";

    /// <summary>Row of <c>about</c> with the identity of the catalog that it was built from.</summary>
    public const string SourceKey = "source";

    /// <summary>Row of <c>about</c> with the <see cref="NameHash"/> of what was read of it.</summary>
    public const string ContentKey = "content";

    /// <summary>Row of <c>about</c> that says whether it has terms: <c>on</c> or <c>off</c>.</summary>
    public const string TermsKey = "terms";

    /// <summary>
    /// Pages this large hold some 40 blocks: with SQLite's usual 4 KiB, an eighth of the file would be the gaps at the end of pages.
    /// </summary>
    public const int PageSize = 16 * 1024;

    /// <summary>
    /// Creates the tables. <c>start</c> is the number of an n-gram's list among the postings, or, when its only block stands here too,
    /// that one's first ordinal: most n-grams are that rare, and a row for each would cost half as much as all lists. All have integer
    /// keys and are written in their order, so that SQLite appends and fills every page. The columns have older names: a rowid is a key,
    /// a rank an ordinal, a chunk a block of postings, and its place the key of that block.
    /// </summary>
    internal static string Create(IndexTable table) => $"""
        CREATE TABLE {table.Name}_rows (block INTEGER PRIMARY KEY, rowids BLOB NOT NULL);
        CREATE TABLE {table.Name}_grams (gram INTEGER PRIMARY KEY, ranks INTEGER NOT NULL, start INTEGER NOT NULL, chunk BLOB);
        CREATE TABLE {table.Name}_postings (place INTEGER PRIMARY KEY, chunk BLOB NOT NULL);
        """;

    /// <summary>The key of a block of postings: blocks of a list are neighbours, in the order of their first ordinals.</summary>
    public static long BlockKey(long list, uint firstOrdinal) => (list << 32) | firstOrdinal;

    /// <summary>
    /// Creates the tables by which matching finds candidates. The key of a row of <c>artist_blocks</c> and <c>album_blocks</c> is that of
    /// the first name in its block (<see cref="Blocks.BlockKeys.Row"/>), of <c>upc_blocks</c> the first code: what is sought stands in
    /// the last block that does not begin behind it. Blocks of artists are compressed with the dictionary.
    /// </summary>
    public const string CreateBlocks = """
        CREATE TABLE block_dictionary (dictionary BLOB NOT NULL);
        CREATE TABLE artist_blocks (key INTEGER PRIMARY KEY, block BLOB NOT NULL);
        CREATE TABLE album_blocks (key INTEGER PRIMARY KEY, block BLOB NOT NULL);
        CREATE TABLE upc_blocks (key INTEGER PRIMARY KEY, block BLOB NOT NULL);
        """;
}
