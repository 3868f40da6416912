using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SignalReview.Storage;

internal static class StorageSetup
{
    /// <summary>
    /// <see cref="IDatabase"/>, <see cref="Migrator"/> and <see cref="DataFolder"/>, from <c>Database:Provider</c> (Sqlite, the default,
    /// or SqlServer) and <c>Database:ConnectionString</c> (needed for SqlServer; for Sqlite it replaces the file in the data folder).
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider =>
            DataFolder.From(configuration, provider.GetService<IHostEnvironment>()?.ContentRootPath ?? Directory.GetCurrentDirectory()));
        var connectionString = configuration["Database:ConnectionString"];
        switch (Dialect(configuration))
        {
            case SqlDialect.Sqlite:
                services.AddSingleton<IDatabase>(provider => string.IsNullOrWhiteSpace(connectionString)
                    ? SqliteDatabase.InFile(provider.GetRequiredService<DataFolder>().DatabaseFile)
                    : new SqliteDatabase(connectionString));
                break;
            case SqlDialect.SqlServer when string.IsNullOrWhiteSpace(connectionString):
                throw new InvalidOperationException("Database:Provider is SqlServer, but Database:ConnectionString is empty.");
            case SqlDialect.SqlServer:
                services.AddSingleton<IDatabase>(_ => new SqlServerDatabase(connectionString));
                break;
        }

        services.AddSingleton<Migrator>();
        services.AddSingleton<DataLock>();
        return services;
    }

    /// <summary>What <c>Database:Provider</c> says.</summary>
    /// <exception cref="InvalidOperationException">It is none that we know.</exception>
    public static SqlDialect Dialect(IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"];
        if (string.IsNullOrWhiteSpace(provider))
        {
            return SqlDialect.Sqlite;
        }

        foreach (var dialect in Enum.GetValues<SqlDialect>())
        {
            if (string.Equals(provider, dialect.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return dialect;
            }
        }

        throw new InvalidOperationException($"Database:Provider is '{provider}'; known are Sqlite and SqlServer.");
    }
}
