#include "ui/panels/review/review_keys.h"

#include "ui/common/settings.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QTextEdit>

#include <array>

namespace assay {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ReviewKeys)
};

struct ActionWords {
    const char* id;
    const char* text;
};

constexpr std::array<ActionWords, reviewActions> words = {{
    {"accept", QT_TRANSLATE_NOOP("ReviewKeys", "Accept")},
    {"reject", QT_TRANSLATE_NOOP("ReviewKeys", "Reject")},
    {"edit", QT_TRANSLATE_NOOP("ReviewKeys", "Edit")},
    {"skip", QT_TRANSLATE_NOOP("ReviewKeys", "Skip")},
    {"previous", QT_TRANSLATE_NOOP("ReviewKeys", "Back")},
    {"next", QT_TRANSLATE_NOOP("ReviewKeys", "Next")},
    {"undo", QT_TRANSLATE_NOOP("ReviewKeys", "Undo")},
    {"redo", QT_TRANSLATE_NOOP("ReviewKeys", "Redo")},
    {"flag", QT_TRANSLATE_NOOP("ReviewKeys", "Flag")},
    {"comment", QT_TRANSLATE_NOOP("ReviewKeys", "Comment")},
    {"guideline", QT_TRANSLATE_NOOP("ReviewKeys", "Guideline")},
    {"scores", QT_TRANSLATE_NOOP("ReviewKeys", "Model scores")},
}};

/// In the order of ReviewAction; several keys are set apart by blanks. What a tool has no key for
/// keeps Assay's.
constexpr std::array<const char*, reviewActions> assayKeys = {"Return", "X", "E Shift+Return",
    "Space", "Left", "Right", "Ctrl+Z", "Ctrl+Shift+Z", "F", "C", "H", "S"};
constexpr std::array<const char*, reviewActions> prodigyKeys = {"A", "X", "E Shift+Return", "Space",
    "Left", "Right", "Backspace Del", "Ctrl+Shift+Z", "F", "C", "H", "S"};
constexpr std::array<const char*, reviewActions> argillaKeys = {"Return", "Backspace",
    "Shift+Return E", "Space", "Left", "Right", "Ctrl+Z", "Ctrl+Shift+Z", "F", "C", "H", "S"};
constexpr std::array<const char*, reviewActions> labelStudioKeys
    = {"Ctrl+Return", "X", "E Shift+Return", "Ctrl+Space", "Ctrl+Left", "Ctrl+Right", "Ctrl+Z",
        "Ctrl+Shift+Z", "F", "C", "H", "S"};

const std::array<const char*, reviewActions>& keysOf(KeyProfile profile) {
    switch (profile) {
    case KeyProfile::Prodigy:
        return prodigyKeys;
    case KeyProfile::Argilla:
        return argillaKeys;
    case KeyProfile::LabelStudio:
        return labelStudioKeys;
    case KeyProfile::Assay:
        break;
    }
    return assayKeys;
}

ReviewKeys::Keys keysFromText(const QString& text) {
    ReviewKeys::Keys keys;
    for (const QString& key : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys << QKeySequence(key, QKeySequence::PortableText);
    return keys;
}

bool isDigit(int key) {
    return key >= Qt::Key_0 && key <= Qt::Key_9;
}

} // namespace

QString reviewActionId(ReviewAction action) {
    return QString::fromLatin1(words[std::size_t(action)].id);
}

QString reviewActionText(ReviewAction action) {
    return Words::tr(words[std::size_t(action)].text);
}

QString keyProfileName(KeyProfile profile) {
    switch (profile) {
    case KeyProfile::Prodigy:
        return QStringLiteral("Prodigy");
    case KeyProfile::Argilla:
        return QStringLiteral("Argilla");
    case KeyProfile::LabelStudio:
        return QStringLiteral("Label Studio");
    case KeyProfile::Assay:
        break;
    }
    return QStringLiteral("Assay");
}

ReviewKeys::ReviewKeys(KeyProfile profile)
    : m_profile(profile)
    , m_keys(reviewActions) {
    setProfile(profile);
}

void ReviewKeys::setProfile(KeyProfile profile) {
    m_profile = profile;
    for (int i = 0; i < reviewActions; ++i)
        m_keys[std::size_t(i)] = keysFromText(QString::fromLatin1(keysOf(profile)[std::size_t(i)]));
}

ReviewKeys ReviewKeys::fromSettings(const Settings& settings) {
    const QString name = settings.get(Settings::keys().reviewProfile);
    ReviewKeys keys;
    for (int i = 0; i < keyProfiles; ++i)
        if (keyProfileName(KeyProfile(i)) == name)
            keys.setProfile(KeyProfile(i));
    for (const QString& change : settings.get(Settings::keys().reviewKeys)) {
        const qsizetype at = change.indexOf(QLatin1Char('='));
        for (int i = 0; i < reviewActions; ++i)
            if (at > 0 && change.left(at) == reviewActionId(ReviewAction(i)))
                keys.m_keys[std::size_t(i)] = keysFromText(change.mid(at + 1));
    }
    return keys;
}

void ReviewKeys::save(Settings& settings) const {
    settings.set(Settings::keys().reviewProfile, keyProfileName(m_profile));
    const ReviewKeys plain(m_profile);
    QStringList changes;
    for (int i = 0; i < reviewActions; ++i) {
        const Keys& keys = m_keys[std::size_t(i)];
        if (keys == plain.m_keys[std::size_t(i)])
            continue;
        QStringList texts;
        for (const QKeySequence& key : keys)
            texts << key.toString(QKeySequence::PortableText);
        changes << reviewActionId(ReviewAction(i)) + QLatin1Char('=')
                + texts.join(QLatin1Char(' '));
    }
    settings.set(Settings::keys().reviewKeys, changes);
}

void ReviewKeys::setKey(ReviewAction action, const QKeySequence& key) {
    m_keys[std::size_t(action)] = key.isEmpty() ? Keys() : Keys{key};
}

QString ReviewKeys::conflict(ReviewAction action, const QKeySequence& key) const {
    if (key.isEmpty())
        return {};
    const QKeyCombination pressed = key[0];
    if (isDigit(pressed.key()))
        return Words::tr("the digits, which answer and label");
    if (pressed.key() == Qt::Key_Tab || pressed.key() == Qt::Key_Escape)
        return Words::tr("the window");
    for (int i = 0; i < reviewActions; ++i) {
        if (ReviewAction(i) == action)
            continue;
        for (const QKeySequence& other : m_keys[std::size_t(i)])
            if (other == key || whileTyping(other) == key || other == whileTyping(key)
                || withCtrl(other) == key || other == withCtrl(key))
                return reviewActionText(ReviewAction(i));
    }
    return {};
}

QKeySequence ReviewKeys::withCtrl(const QKeySequence& key) {
    if (key.isEmpty() || key[0].keyboardModifiers().testFlag(Qt::ShiftModifier))
        return key;
    return QKeySequence(
        QKeyCombination(key[0].keyboardModifiers() | Qt::ControlModifier, key[0].key()));
}

QKeySequence ReviewKeys::whileTyping(const QKeySequence& key) {
    if (key.isEmpty())
        return {};
    const Qt::KeyboardModifiers had = key[0].keyboardModifiers();
    const Qt::Key plain = key[0].key();
    Qt::KeyboardModifiers needs = had | Qt::ControlModifier;
    const bool arrow = plain == Qt::Key_Left || plain == Qt::Key_Right || plain == Qt::Key_Up
        || plain == Qt::Key_Down;
    if (had.testFlag(Qt::ControlModifier) || arrow)
        needs |= Qt::AltModifier;
    else if (had.testFlag(Qt::ShiftModifier))
        needs |= Qt::AltModifier;
    else if (plain != Qt::Key_Space)
        needs |= Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(needs, plain));
}

std::optional<ReviewAction> ReviewKeys::match(const QKeySequence& pressed, bool typing) const {
    if (pressed.isEmpty())
        return std::nullopt;
    // Ctrl+Enter is "done" everywhere but in the editor, where it saves.
    if (!typing && pressed == QKeySequence(Qt::CTRL | Qt::Key_Return))
        return ReviewAction::Accept;
    for (int i = 0; i < reviewActions; ++i)
        for (const QKeySequence& key : m_keys[std::size_t(i)])
            if ((!typing && key == pressed) || whileTyping(key) == pressed)
                return ReviewAction(i);
    return std::nullopt;
}

std::optional<ReviewAction> ReviewKeys::matchWithCtrl(const QKeySequence& pressed) const {
    if (pressed.isEmpty() || !pressed[0].keyboardModifiers().testFlag(Qt::ControlModifier))
        return std::nullopt;
    if (pressed == QKeySequence(Qt::CTRL | Qt::Key_Return))
        return ReviewAction::Accept;
    for (int i = 0; i < reviewActions; ++i)
        for (const QKeySequence& key : m_keys[std::size_t(i)])
            if (withCtrl(key) == pressed)
                return ReviewAction(i);
    return std::nullopt;
}

namespace {

/// What a text field is asked about, whichever kind it is.
struct FieldState {
    bool selected = false;
    bool wholeSelected = false;
    bool atStart = true;
    bool atEnd = true;
    bool undo = false;
    bool redo = false;
};

FieldState stateOf(const QTextCursor& cursor, const QTextDocument& text) {
    FieldState state;
    state.selected = cursor.hasSelection();
    state.wholeSelected
        = cursor.selectionEnd() - cursor.selectionStart() >= text.characterCount() - 1;
    state.atStart = cursor.atStart();
    state.atEnd = cursor.atEnd();
    state.undo = text.isUndoAvailable();
    state.redo = text.isRedoAvailable();
    return state;
}

FieldState stateOf(const QWidget* field) {
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(field))
        return stateOf(text->textCursor(), *text->document());
    if (const auto* text = qobject_cast<const QTextEdit*>(field))
        return stateOf(text->textCursor(), *text->document());
    FieldState state;
    if (const auto* line = qobject_cast<const QLineEdit*>(field)) {
        state.selected = line->hasSelectedText();
        state.wholeSelected = line->selectedText().size() == line->text().size();
        state.atStart = line->cursorPosition() == 0;
        state.atEnd = line->cursorPosition() == line->text().size();
        state.undo = line->isUndoAvailable();
        state.redo = line->isRedoAvailable();
    }
    return state;
}

} // namespace

bool textNeeds(const QWidget* field, const QKeySequence& pressed) {
    const FieldState state = stateOf(field);
    const auto is = [&](QKeySequence::StandardKey key) {
        return QKeySequence::keyBindings(key).contains(pressed);
    };
    if (is(QKeySequence::Paste))
        return true;
    if (is(QKeySequence::Cut) || is(QKeySequence::Copy))
        return state.selected;
    if (is(QKeySequence::SelectAll))
        return !state.wholeSelected;
    if (is(QKeySequence::Undo))
        return state.undo;
    if (is(QKeySequence::Redo))
        return state.redo;
    if (is(QKeySequence::MoveToPreviousWord))
        return !state.atStart || state.selected;
    if (is(QKeySequence::MoveToNextWord))
        return !state.atEnd || state.selected;
    if (is(QKeySequence::DeleteStartOfWord))
        return !state.atStart || state.selected;
    if (is(QKeySequence::DeleteEndOfWord))
        return !state.atEnd || state.selected;
    // Saving is the editor's as long as there is something to save.
    const bool saves = is(QKeySequence::Save) || pressed == QKeySequence(Qt::CTRL | Qt::Key_Return);
    return saves && (state.undo || state.redo);
}

QKeySequence pressedKey(const QKeyEvent& event) {
    int key = event.key();
    if (key == 0 || key == Qt::Key_unknown || key == Qt::Key_Control || key == Qt::Key_Shift
        || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_AltGr)
        return {};
    if (key == Qt::Key_Enter)
        key = Qt::Key_Return;
    const Qt::KeyboardModifiers modifiers = event.modifiers()
        & (Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier);
    return QKeySequence(QKeyCombination(modifiers, Qt::Key(key)));
}

int digitOf(const QKeyEvent& event) {
    // Under X11 the row has the same codes on every layout, whether it writes digits or not.
    if (QGuiApplication::platformName() == QLatin1String("xcb"))
        if (const quint32 code = event.nativeScanCode(); code >= 10 && code <= 19)
            return int(code) - 9;
    const int key = event.key();
    if (isDigit(key))
        return key == Qt::Key_0 ? 10 : key - Qt::Key_0;
    if (!event.modifiers().testFlag(Qt::ShiftModifier))
        return 0;
    static const QString shifted = QStringLiteral("!@#$%^&*()");
    const QString text = event.text();
    return text.size() == 1 ? int(shifted.indexOf(text)) + 1 : 0;
}

} // namespace assay
