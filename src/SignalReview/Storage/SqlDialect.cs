namespace SignalReview.Storage;

internal enum SqlDialect
{
    Sqlite,
    SqlServer,
}
