global using System.Collections.Immutable;
global using OrleansGov.Contracts;
global using OrleansGov.Procedures;
global using FromQueryAttribute = Microsoft.AspNetCore.Mvc.FromQueryAttribute;
global using ProblemDetails = Microsoft.AspNetCore.Mvc.ProblemDetails;
global using RequestSizeLimitAttribute = Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute;
