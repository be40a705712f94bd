#include "ui/panels/review/key_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/panels/review/key_button.h"

#include <QGridLayout>
#include <QKeySequenceEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace assay {

KeyDialog::KeyDialog(
    const ReviewKeys& keys, const QList<std::pair<QKeySequence, QString>>& taken, QWidget* parent)
    : QDialog(parent)
    , m_keys(keys)
    , m_taken(taken) {
    setWindowTitle(tr("Keys of the review"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(10));
    m_profile = new SegmentedSwitch(this);
    m_profile->setAccessibleName(tr("Key profile"));
    for (int i = 0; i < keyProfiles; ++i)
        m_profile->add(
            keyProfileName(KeyProfile(i)), tr("The keys of %1").arg(keyProfileName(KeyProfile(i))));
    m_profile->setCurrent(int(m_keys.profile()));
    column->addWidget(m_profile);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(16));
    grid->setVerticalSpacing(scaled(5));
    grid->addWidget(makeLabel(tr("key"), "column"), 0, 1);
    grid->addWidget(makeLabel(tr("while typing"), "column"), 0, 2);
    for (int i = 0; i < reviewActions; ++i) {
        const auto action = ReviewAction(i);
        auto* edit = new QKeySequenceEdit(this);
        edit->setAccessibleName(tr("Key for %1").arg(reviewActionText(action)));
        m_edits.push_back(edit);
        m_typing.push_back(makeLabel(QString(), "secondary"));
        grid->addWidget(makeLabel(reviewActionText(action)), i + 1, 0);
        grid->addWidget(edit, i + 1, 1);
        grid->addWidget(m_typing.back(), i + 1, 2);
        connect(edit, &QKeySequenceEdit::editingFinished, this, [this, action, edit] {
            const QKeySequence pressed = edit->keySequence();
            change(action, pressed.isEmpty() ? QKeySequence() : QKeySequence(pressed[0]));
        });
    }
    grid->addWidget(makeLabel(tr("Answer")), reviewActions + 1, 0);
    grid->addWidget(makeLabel(tr("1 to 9, 0"), "secondary"), reviewActions + 1, 1);
    grid->addWidget(makeLabel(tr("Ctrl 1 to 9, 0"), "secondary"), reviewActions + 1, 2);
    grid->addWidget(makeLabel(tr("Reject reason")), reviewActions + 2, 0);
    grid->addWidget(makeLabel(tr("Shift 1 to 9"), "secondary"), reviewActions + 2, 1);
    grid->addWidget(makeLabel(tr("Label the selected text")), reviewActions + 3, 0);
    grid->addWidget(makeLabel(tr("Alt 1 to 9"), "secondary"), reviewActions + 3, 1);
    column->addLayout(grid);

    auto* note
        = makeLabel(tr("While typing, Ctrl with the key acts where the text has no use for it: "
                       "cutting a selection, taking back typing, moving by words and saving "
                       "come first. The form after “always” acts in any case."),
            "secondary");
    note->setWordWrap(true);
    column->addWidget(note);
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    auto* line = new QHBoxLayout;
    line->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"), this);
    auto* done = makePrimaryButton(tr("Use these keys"), this);
    line->addWidget(cancel);
    line->addWidget(done);
    column->addLayout(line);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_profile, &SegmentedSwitch::changed, this, [this](int index) {
        m_keys.setProfile(KeyProfile(index));
        renew();
    });
    renew();
}

QString KeyDialog::problem() const {
    return m_problem->text();
}

void KeyDialog::chooseProfile(KeyProfile profile) {
    m_profile->setCurrent(int(profile));
}

bool KeyDialog::change(ReviewAction action, const QKeySequence& key) {
    QString owner = m_keys.conflict(action, key);
    if (owner.isEmpty())
        for (const auto& [taken, what] : m_taken)
            if (!key.isEmpty() && taken == key)
                owner = what;
    if (!owner.isEmpty()) {
        const QString text = tr("%1 is taken by: %2. The key of \"%3\" is unchanged.")
                                 .arg(keyCapText(key), owner, reviewActionText(action));
        renew();
        m_problem->setText(text);
        return false;
    }
    if (m_keys.key(action) != key || key.isEmpty())
        m_keys.setKey(action, key);
    renew();
    return true;
}

void KeyDialog::renew() {
    m_problem->clear();
    for (int i = 0; i < reviewActions; ++i) {
        const QKeySequence key = m_keys.key(ReviewAction(i));
        const QSignalBlocker quiet(m_edits[std::size_t(i)]);
        m_edits[std::size_t(i)]->setKeySequence(key);
        const QKeySequence plain = ReviewKeys::withCtrl(key);
        const QString always = keyCapText(ReviewKeys::whileTyping(key));
        m_typing[std::size_t(i)]->setText(
            key.isEmpty() || plain == key || plain == ReviewKeys::whileTyping(key)
                ? always
                : tr("%1 · always %2").arg(keyCapText(plain), always));
    }
}

} // namespace assay
