internal import Nomenclature

extension Perimeter {
  /// The same decision as SQL, for all units at once.
  ///
  /// `relation` must have the columns `country`, `form`, `activity_scheme`, `activity` and `lists` (the names
  /// of the lists between bars: `|cgscop|esus|`). The result adds `rule` (the position in `rules`, −1 for
  /// none), `family` and `subfamily` (null where the unit is out).
  package func sql(over relation: String) -> String {
    """
    SELECT * EXCLUDE (form_rule, list_out, list_in),
      \(family("family", fallback: "'commercial_ess'")) AS family,
      \(family("subfamily", fallback: "NULL")) AS subfamily
    FROM (
      SELECT *, CASE
          WHEN list_out >= 0 THEN list_out
          WHEN form_rule IN (\(positions { $0.subject == .form && $0.effect == .exclude })) THEN form_rule
          WHEN list_in >= 0 THEN list_in
          WHEN form_rule < 0 OR form_rule NOT IN (\(positions { $0.subject == .form && $0.effect == .include })) THEN form_rule
          \(activityCases)
          ELSE form_rule END AS rule
      FROM (
        SELECT *, \(listCase(.exclude)) AS list_out, \(listCase(.include)) AS list_in, \(formCase) AS form_rule
        FROM \(relation)
        WHERE country IN (\(countries.map { "'\($0.rawValue)'" }.joined(separator: ", ")))))
    """
  }

  private func position(_ rule: Rule) -> Int { rules.firstIndex { $0.id == rule.id } ?? -1 }

  /// Positions as an SQL list that is never empty.
  private func positions(_ chosen: (Rule) -> Bool) -> String {
    (active.filter(chosen).map { String(position($0)) } + ["-9"]).joined(separator: ", ")
  }

  private func cases(_ list: [String], otherwise: String) -> String {
    list.isEmpty ? otherwise : "CASE \(list.joined(separator: " ")) ELSE \(otherwise) END"
  }

  private func listCase(_ effect: Rule.Effect) -> String {
    cases(
      active.filter { $0.subject == .list && $0.effect == effect }.map { rule in
        "WHEN contains(lists, '|\(rule.scheme)|')"
          + (rule.code.isEmpty ? "" : " AND starts_with(form, '\(rule.code)')") + " THEN \(position(rule))"
      }, otherwise: "-1")
  }

  private var formCase: String {
    // Longer codes first: the nearest rule decides.
    let rules = active.filter { $0.subject == .form }.enumerated().sorted {
      ($1.element.code.utf8.count, $0.offset) < ($0.element.code.utf8.count, $1.offset)
    }
    return cases(
      rules.map { _, rule in
        let country = rule.scheme == "fr-legal-forms" ? "FR" : "BE"
        return "WHEN country = '\(country)' AND starts_with(form, '\(rule.code)') THEN \(position(rule))"
      }, otherwise: "-1")
  }

  private var activityCases: String {
    active.filter { $0.subject == .activity }.map { rule in
      var condition = "activity_scheme = '\(rule.scheme)' AND starts_with(activity, '\(rule.code)')"
      if !rule.exceptFamilies.isEmpty {
        condition +=
          " AND form_rule NOT IN ("
          + positions {
            $0.subject == .form && rule.exceptFamilies.contains($0.family ?? "")
          } + ")"
      }
      return "WHEN \(condition) THEN \(position(rule))"
    }.joined(separator: "\n          ")
  }

  private func family(_ column: String, fallback: String) -> String {
    func name(_ rule: Rule) -> String? { column == "family" ? rule.family : rule.subfamily }
    func literal(_ name: String?) -> String { name.map { "'\($0)'" } ?? "NULL" }
    let included = active.filter { $0.effect == .include }
    let ofForm = cases(
      active.filter { $0.subject == .form }.map { "WHEN form_rule = \(position($0)) THEN \(literal(name($0)))" },
      otherwise: "NULL")
    return cases(
      included.map { rule in
        // A list without a family of its own takes that of the legal form.
        let value = rule.family == nil ? "coalesce(\(ofForm), \(fallback))" : literal(name(rule))
        return "WHEN rule = \(position(rule)) THEN \(value)"
      }, otherwise: "NULL")
  }
}
