using System.Data;
using System.Data.Common;
using Dapper;

namespace SignalReview.Storage;

/// <summary>
/// Gives Dapper the parameters of one statement. Dapper itself would store an enum as its number and would send every property,
/// also those that the statement does not name; and a null would lose its type, which SQL Server refuses for binary columns.
/// </summary>
internal sealed class SqlArguments(SqlStatement statement, object? args) : SqlMapper.IDynamicParameters
{
    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        foreach (var argument in statement.ArgumentsFrom(args))
        {
            var parameter = (DbParameter)command.CreateParameter();
            parameter.ParameterName = argument.Parameter;
            DbValues.Bind(parameter, argument.Type, argument.Read(args!));
            command.Parameters.Add(parameter);
        }
    }
}
