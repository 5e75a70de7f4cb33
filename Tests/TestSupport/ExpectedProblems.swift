package import Diagnostics
package import Testing

/// Expects that the body throws a `Problem`, and that it says what it should; the problem is returned.
@discardableResult
package func expectProblem(
  _ code: String, line: Int? = nil, entry: String? = nil, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> Problem? {
  do {
    try body()
  } catch let problem as Problem {
    #expect(problem.code == code, comment, sourceLocation: sourceLocation)
    if let line { #expect(problem.place.line == line, comment, sourceLocation: sourceLocation) }
    if let entry { #expect(problem.place.entry == entry, comment, sourceLocation: sourceLocation) }
    return problem
  } catch {
    Issue.record(error, comment, sourceLocation: sourceLocation)
    return nil
  }
  Issue.record(
    "nothing was thrown, \(code) was expected\(comment.map { " (\($0))" } ?? "")", sourceLocation: sourceLocation)
  return nil
}

/// The problem that the body throws, if it throws one.
package func problem(_ body: () throws -> Void) throws -> Problem? {
  do {
    try body()
    return nil
  } catch let problem as Problem {
    return problem
  }
}
