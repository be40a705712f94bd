#pragma once

#include <QHash>
#include <QKeySequence>
#include <QStringList>

#include <optional>
#include <vector>

class QKeyEvent;
class QWidget;

namespace assay {

class Settings;

/// What a key can do in the review. Kept by name: add freely.
enum class ReviewAction {
    Accept,
    Reject,
    Edit,
    Skip,
    Previous,
    Next,
    Undo,
    Redo,
    Flag,
    Comment,
    Guideline,
    Scores
};
constexpr int reviewActions = int(ReviewAction::Scores) + 1;
/// Stable, for settings: "accept".
QString reviewActionId(ReviewAction action);
QString reviewActionText(ReviewAction action);

enum class KeyProfile { Assay, Prodigy, Argilla, LabelStudio };
constexpr int keyProfiles = int(KeyProfile::LabelStudio) + 1;
QString keyProfileName(KeyProfile profile);

/// Which keys do what: a profile, and the person's own changes to it. Digits are not among them:
/// they answer and never change.
class ReviewKeys {
public:
    using Keys = QList<QKeySequence>;

    explicit ReviewKeys(KeyProfile profile = KeyProfile::Assay);
    static ReviewKeys fromSettings(const Settings& settings);
    void save(Settings& settings) const;

    KeyProfile profile() const { return m_profile; }
    /// Drops own changes.
    void setProfile(KeyProfile profile);
    const Keys& keys(ReviewAction action) const { return m_keys[std::size_t(action)]; }
    /// The first key, for the key cap.
    QKeySequence key(ReviewAction action) const { return keys(action).value(0); }
    /// One key alone.
    void setKey(ReviewAction action, const QKeySequence& key);
    /// What has the key already, in people's words: another action, a digit; empty when it is free.
    QString conflict(ReviewAction action, const QKeySequence& key) const;

    /// The form of a key that acts while somebody types: what a text field needs itself (cut, undo,
    /// words, digits) is left to it.
    static QKeySequence whileTyping(const QKeySequence& key);

    /// The plain form with Ctrl: in a text field it is the field's as long as the field has a use
    /// for it (`textNeeds`), and the review's where it would do nothing there.
    static QKeySequence withCtrl(const QKeySequence& key);

    /// What the key does; in a text field only the forms for typing count.
    std::optional<ReviewAction> match(const QKeySequence& pressed, bool typing) const;
    /// What the plain form with Ctrl does in a text field that has no use for it.
    std::optional<ReviewAction> matchWithCtrl(const QKeySequence& pressed) const;

private:
    KeyProfile m_profile;
    std::vector<Keys> m_keys;
};

/// The key combination of an event, keypad keys as the others.
QKeySequence pressedKey(const QKeyEvent& event);
/// Whether the key would do something in the text field as it is now: cut or copy a selection, take
/// a change back, move by a word, save an edit.
bool textNeeds(const QWidget* field, const QKeySequence& pressed);
/// 1 to 10 for the digits' row (0 is 10), whatever Shift makes of it; 0 for other keys.
int digitOf(const QKeyEvent& event);

} // namespace assay
