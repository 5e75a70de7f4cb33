import Diagnostics
import Tabular

/// One deposit of annual accounts: the year, and the year before where there was one.
struct Deposit {
  let reference: String
  let enterprise: String
  let deposited, start, end: String
  let model: String
  let rubrics: [Rubrics.Rubric]
  let before: [Rubrics.Rubric]

  /// A row for each rubric and period.
  func write(to csv: inout CSVWriter) throws(Problem) {
    for (period, rubrics): (StaticString, [Rubrics.Rubric]) in [("N", rubrics), ("NM1", before)] {
      for rubric in rubrics {
        for text in [reference, enterprise, deposited, start, end, model, rubric.code] {
          csv.string(text)
          csv.comma()
        }
        csv.text(period)
        csv.comma()
        csv.string(rubric.text)
        csv.text(",simulated")
        try csv.endRow()
      }
    }
  }

  /// The same as the web service gives it. Its answers differ in how they name the period before and the long-term
  /// debts, and in whether values are numbers or text: `rank` chooses.
  func json(rank: Int) -> String {
    let before = ["NM1", "N-1", "N1"][rank % 3]
    let isText = rank % 2 == 1
    func line(_ rubric: Rubrics.Rubric, _ period: String) -> String {
      let code = rubric.code == "170/4" && rank % 4 > 1 ? "170/174" : rubric.code
      let value = isText ? "\"\(rubric.text)\"" : rubric.text
      return #"    {"Code": "\#(code)", "Value": \#(value), "Period": "\#(period)"}"#
    }
    let lines = rubrics.map { line($0, "N") } + self.before.map { line($0, before) }
    return """
      {
        "ReferenceNumber": "\(reference)",
        "EnterpriseNumber": "\(enterprise)",
        "DepositDate": "\(deposited)",
        "ExerciseDates": {"startDate": "\(start)", "endDate": "\(end)"},
        "ModelType": "\(model)",
        "Origin": "simulated",
        "Rubrics": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }
}
