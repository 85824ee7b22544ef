namespace MusicMetadata.Sqlite;

/// <summary>Who runs this process.</summary>
public static class CurrentUser
{
    private const string Nobody = "unknown";

    /// <summary>
    /// The user's name; <c>unknown</c> when the system has none for the user's number, or no list of users, as in some images.
    /// </summary>
    public static string Name
    {
        get
        {
            try
            {
                return Environment.UserName is { Length: > 0 } name ? name : Nobody;
            }
            catch (IOException)
            {
                return Nobody;
            }
        }
    }
}
