internal import Diagnostics
internal import Tabular

/// What the matching of organisations across sources goes by, as declared in share/matching.
///
/// Two names are read into words (`NameReading`), compared (`Similarity`), looked up among the candidates of the same
/// commune (`CandidateBlock`), and judged (`Verdict`): sure, doubtful, or none. Numbers are no matter of this module:
/// a number that two sources share needs no similarity.
package struct MatchingRules: Sendable {
  package let sure, doubtful, margin: Double
  package let numberSIRET, placeUnknown: Double
  let token: Double
  let typed: Int
  let numberDiffers, numberAlone: Double
  let local, lightest, addressBonus: Double
  package let candidates: Int
  let compared: Int
  package let words: NameReading

  package init(share: String) throws {
    let table = try DeclaredTable("\(share)/matching/thresholds.csv", columns: ["name", "value"])
    var values: [String: Double] = [:]
    for entry in table.entries {
      guard let value = Double(entry["value"]), value >= 0, value.isFinite else {
        throw table.problem("share.bad_number", entry, ["column": "value", "value": entry["value"]])
      }
      guard values.updateValue(value, forKey: entry["name"]) == nil else {
        throw table.problem("share.duplicate", entry, ["code": entry["name"]])
      }
    }
    func value(_ name: String) throws(Problem) -> Double {
      guard let value = values[name] else {
        throw Problem("share.no_code", at: Place(file: table.path), ["code": name])
      }
      return value
    }
    sure = try value("sure")
    doubtful = try value("doubtful")
    margin = try value("margin")
    numberSIRET = try value("number_siret")
    placeUnknown = try value("place_unknown")
    token = try value("token")
    typed = Int(try value("typed"))
    numberDiffers = try value("number_differs")
    numberAlone = try value("number_alone")
    local = try value("local")
    lightest = try value("lightest")
    addressBonus = try value("address_bonus")
    candidates = Int(try value("candidates"))
    compared = Int(try value("compared"))
    words = try NameReading(share: share)
  }
}
