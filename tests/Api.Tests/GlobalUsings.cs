global using System.Collections.Immutable;
global using System.Net;
global using System.Text;
global using OrleansGov.Contracts;
global using OrleansGov.Procedures;
