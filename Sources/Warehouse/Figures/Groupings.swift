/// What sums are asked by: several SQL expressions over the same rows, each a grouping of its own.
struct Groupings {
  let columns: String
  /// Of a row of the result: which of the groupings it is of, and its value there.
  let rank: String
  let value: String
  private let names: [String]

  init(_ expressions: [String]) {
    let names = expressions.indices.map { "key\($0)" }
    func choice(_ result: (Int) -> String) -> String {
      "CASE " + names.indices.map { "WHEN grouping(\(names[$0])) = 0 THEN \(result($0))" }.joined(separator: " ")
        + " END"
    }
    columns = zip(expressions, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
    rank = choice(String.init)
    value = choice { "\(names[$0])::VARCHAR" }
    self.names = names
  }

  func sets(with others: [String]) -> String {
    "GROUPING SETS (" + names.map { "(" + ([$0] + others).joined(separator: ", ") + ")" }.joined(separator: ", ") + ")"
  }
}
