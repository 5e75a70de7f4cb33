/// Annual accounts of a few enterprises, as a table and as the documents of the web service.
package struct SmallAccounts {
  package struct Deposit {
    package var reference: String
    package var enterprise: String
    package var year: Int
    package var model: String
    package var filed: String
    /// Code, amount, period.
    package var items: [(code: String, value: String, period: String)]

    package init(
      _ reference: String, _ enterprise: String, year: Int = 2023, model: String = "m04-f",
      filed: String = "2024-07-01",
      items: [(String, String, String)] = [("20/58", "1000.50", "N"), ("10/49", "1000.50", "N"), ("9087", "12.5", "N")]
    ) {
      self.reference = reference
      self.enterprise = enterprise
      self.year = year
      self.model = model
      self.filed = filed
      self.items = items.map { (code: $0.0, value: $0.1, period: $0.2) }
    }
  }

  package static func table(_ deposits: [Deposit]) -> String {
    "ReferenceNumber,EnterpriseNumber,DepositDate,StartDate,EndDate,ModelType,Rubric,Period,Value\n"
      + deposits.flatMap { deposit in
        deposit.items.map {
          "\(deposit.reference),\(deposit.enterprise),\(deposit.filed),\(deposit.year)-01-01,\(deposit.year)-12-31,\(deposit.model),\($0.code),\($0.period),\($0.value)\n"
        }
      }.joined()
  }

  /// `asNumbers`: values as numbers of JSON, not as texts.
  package static func document(_ deposit: Deposit, asNumbers: Bool = false) -> String {
    let items = deposit.items.map { item in
      let value = asNumbers ? item.value : "\"\(item.value)\""
      return #"    {"Code": "\#(item.code)", "Value": \#(value), "Period": "\#(item.period)"}"#
    }
    return """
      {
        "ReferenceNumber": "\(deposit.reference)",
        "EnterpriseNumber": "\(deposit.enterprise)",
        "DepositDate": "\(deposit.filed)",
        "ExerciseDates": {"startDate": "\(deposit.year)-01-01", "endDate": "\(deposit.year)-12-31"},
        "ModelType": "\(deposit.model)",
        "Rubrics": [
      \(items.joined(separator: ",\n"))
        ]
      }
      """
  }
}
