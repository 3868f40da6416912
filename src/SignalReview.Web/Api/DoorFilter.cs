namespace SignalReview.Web.Api;

/// <summary>Answers before the handler runs when the caller is unknown here, the body unreadable or the page out of bounds.</summary>
internal sealed class DoorFilter(Problems problems) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            switch (argument)
            {
                case Caller { IsKnown: false }:
                    return problems.Of("unknown-person", StatusCodes.Status403Forbidden);
                case IBody { Fault: { } fault }:
                    return problems.Of(fault);
                case Paging { IsValid: false }:
                    return problems.Of("bad-paging", StatusCodes.Status400BadRequest);
            }
        }

        return await next(context);
    }
}
