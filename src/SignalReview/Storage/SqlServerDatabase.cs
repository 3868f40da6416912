using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace SignalReview.Storage;

/// <summary>SQL Server by Microsoft.Data.SqlClient: its own pool, READ COMMITTED, XACT_ABORT ON, one result at a time.</summary>
internal sealed class SqlServerDatabase : IDatabase
{
    private const int CommandTimeout = 30;
    private const int ScriptTimeout = 600;

    private readonly string connectionString;
    private readonly SqlText queries;

    public SqlServerDatabase(string connectionString, SqlText? queries = null)
    {
        TypeHandlers.Ensure();
        this.connectionString = new SqlConnectionStringBuilder(connectionString)
        {
            MultipleActiveResultSets = false,
            ApplicationName = "SignalReview",
        }.ToString();
        this.queries = queries ?? SqlText.Embedded(SqlDialect.SqlServer);
    }

    public string Provider => nameof(SqlDialect.SqlServer);

    public async Task<DbSession> OpenReadAsync(CancellationToken ct) =>
        new(new Lease(await OpenAsync(ct), transaction: null), queries);

    public async Task<DbSession> BeginAsync(CancellationToken ct)
    {
        var connection = await OpenAsync(ct);
        try
        {
            // The pool resets the setting, so it is made for each transaction: any error then undoes the whole of it.
            await using (var settings = connection.CreateCommand())
            {
                settings.CommandText = "SET XACT_ABORT ON;";
                await settings.ExecuteNonQueryAsync(ct);
            }

            var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
            return new DbSession(new Lease(connection, transaction), queries);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing: its log is kept for backups, by the administrator's choice.</summary>
    public Task<bool> ForgetOverwrittenAsync(CancellationToken ct) => Task.FromResult(true);

    public Task RewriteAsync(CancellationToken ct) => Task.CompletedTask; // its pages are its administrator's

    // 2627: unique or primary key constraint; 2601: unique index.
    public bool IsUniqueViolation(DbException e) => e is SqlException { Number: 2627 or 2601 };

    // 1205: deadlock victim; 1222: lock timeout; 3960: snapshot conflict; -2: command timeout.
    public bool IsTransient(DbException e) => e is SqlException { Number: 1205 or 1222 or 3960 or -2 };

    private async Task<SqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Lease(SqlConnection connection, SqlTransaction? transaction) : IDbLease
    {
        public bool CanWrite => transaction is not null;

        public DbCommand Command(SqlStatement statement)
        {
            var command = ScriptCommand();
            command.CommandTimeout = CommandTimeout;
            statement.Prepare(command);
            return command;
        }

        public void Return(DbCommand command) => command.Dispose();

        public DbCommand ScriptCommand()
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandTimeout = ScriptTimeout;
            return command;
        }

        public Task CommitAsync(CancellationToken ct) =>
            transaction is null ? throw new InvalidOperationException("There is no transaction to commit.") : transaction.CommitAsync(ct);

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (transaction is not null)
                {
                    await transaction.DisposeAsync(); // rolls back what was not committed
                }
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
