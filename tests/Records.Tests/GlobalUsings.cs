global using System.Collections.Immutable;
global using Microsoft.EntityFrameworkCore;
global using OrleansGov.Procedures;
