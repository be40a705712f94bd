<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ReviewKeys</name>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>待讨论</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>规范</translation>
    </message>
    <message>
        <source>Model scores</source>
        <translation>模型评分</translation>
    </message>
    <message>
        <source>the digits, which answer and label</source>
        <translation>数字键，用于作答和加标签</translation>
    </message>
    <message>
        <source>the window</source>
        <translation>窗口</translation>
    </message>
</context>
<context>
    <name>assay::CriteriaView</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>if rejected</source>
        <translation>若拒绝</translation>
    </message>
    <message>
        <source>Reject because: %1</source>
        <translation>拒绝原因：%1</translation>
    </message>
    <message>
        <source>Shift %1</source>
        <translation>Shift %1</translation>
    </message>
</context>
<context>
    <name>assay::KeyButton</name>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>按键：%1</translation>
    </message>
</context>
<context>
    <name>assay::KeyDialog</name>
    <message>
        <source>Keys of the review</source>
        <translation>审阅按键</translation>
    </message>
    <message>
        <source>Key profile</source>
        <translation>按键方案</translation>
    </message>
    <message>
        <source>The keys of %1</source>
        <translation>%1 的按键</translation>
    </message>
    <message>
        <source>key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>while typing</source>
        <translation>输入时</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>%1 的按键</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>作答</translation>
    </message>
    <message>
        <source>1 to 9, 0</source>
        <translation>1 至 9、0</translation>
    </message>
    <message>
        <source>Ctrl 1 to 9, 0</source>
        <translation>Ctrl 1 至 9、0</translation>
    </message>
    <message>
        <source>Reject reason</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>Shift 1 to 9</source>
        <translation>Shift 1 至 9</translation>
    </message>
    <message>
        <source>Label the selected text</source>
        <translation>为所选文本加标签</translation>
    </message>
    <message>
        <source>Alt 1 to 9</source>
        <translation>Alt 1 至 9</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use these keys</source>
        <translation>使用这些按键</translation>
    </message>
    <message>
        <source>%1 is taken by: %2. The key of &quot;%3&quot; is unchanged.</source>
        <translation>%1 已被占用：%2。“%3”的按键未更改。</translation>
    </message>
    <message>
        <source>While typing, Ctrl with the key acts where the text has no use for it: cutting a selection, taking back typing, moving by words and saving come first. The form after “always” acts in any case.</source>
        <translation>输入时，若文本用不上 Ctrl 加该键，它就用于审阅：剪切所选内容、撤销输入、按词移动和保存优先。“始终有效”后的形式在任何情况下都起作用。</translation>
    </message>
    <message>
        <source>%1 · always %2</source>
        <translation>%1 · 始终有效 %2</translation>
    </message>
</context>
<context>
    <name>assay::ReviewPanel</name>
    <message>
        <source>No project is open</source>
        <translation>没有打开的项目</translation>
    </message>
    <message>
        <source>Open a project: its samples are judged here, one after the other, by keyboard.</source>
        <translation>打开项目：其样本在此用键盘逐一评判。</translation>
    </message>
    <message>
        <source>Opening the queue</source>
        <translation>正在打开队列</translation>
    </message>
    <message>
        <source>The end of the queue: what was skipped comes again.</source>
        <translation>已到队列末尾：跳过的样本再次出现。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>还没有样本</translation>
    </message>
    <message>
        <source>Import some data: it is then judged here.</source>
        <translation>导入数据后即可在此评判。</translation>
    </message>
    <message>
        <source>This queue is done</source>
        <translation>此队列已完成</translation>
    </message>
    <message>
        <source>Every sample of it has been judged. Undo goes back into it at any time.</source>
        <translation>其中每个样本都已评判。随时可用撤销返回队列。</translation>
    </message>
    <message>
        <source>Review all samples</source>
        <translation>审阅全部样本</translation>
    </message>
    <message>
        <source>Sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>The queue cannot be read</source>
        <translation>无法读取队列</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 of %2 judged · %3 left</source>
        <translation>已评判 %1，共 %2 · 剩余 %3</translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s)</source>
        <translation>
            <numerusform>%n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: %1 (sample %2)</source>
        <translation>已撤销：%1（样本 %2）</translation>
    </message>
    <message>
        <source>Done again: %1 (sample %2)</source>
        <translation>已重做：%1（样本 %2）</translation>
    </message>
    <message>
        <source>Flagged for discussion.</source>
        <translation>已标为待讨论。</translation>
    </message>
    <message>
        <source>flagged for discussion</source>
        <translation>已标为待讨论</translation>
    </message>
    <message>
        <source>Progress of the queue</source>
        <translation>队列进度</translation>
    </message>
    <message>
        <source>Model scores while judging</source>
        <translation>评判时的模型评分</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Model scores are hidden in this queue: they pull people&apos;s judgements along</source>
        <translation>此队列隐藏模型评分：评分会左右人的判断</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Losses under the chosen model are shown in this queue</source>
        <translation>此队列显示所选模型下的损失</translation>
    </message>
    <message>
        <source>Task and keys</source>
        <translation>任务和按键</translation>
    </message>
    <message>
        <source>Comment on this sample; Enter records it, Esc leaves</source>
        <translation>对此样本的评论；按 Enter 记录，按 Esc 离开</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>规范</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the guideline</source>
        <translation>编辑规范</translation>
    </message>
    <message>
        <source>Task of the project…</source>
        <translation>项目的任务…</translation>
    </message>
    <message>
        <source>Keys of the review…</source>
        <translation>审阅按键…</translation>
    </message>
    <message>
        <source>Who judges</source>
        <translation>评判人</translation>
    </message>
    <message>
        <source>Somebody else…</source>
        <translation>其他人…</translation>
    </message>
    <message>
        <source>Name that decisions carry</source>
        <translation>决定所署的名字</translation>
    </message>
    <message>
        <source>%1 · task, keys</source>
        <translation>%1 · 任务、按键</translation>
    </message>
    <message>
        <source>Task, keys and who judges: %1</source>
        <translation>任务、按键和评判人：%1</translation>
    </message>
    <message>
        <source>label as</source>
        <translation>标签：</translation>
    </message>
    <message>
        <source>Label the selected text as %1</source>
        <translation>将所选文本的标签设为 %1</translation>
    </message>
    <message>
        <source>Guideline v%1</source>
        <translation>规范 v%1</translation>
    </message>
    <message>
        <source>*No guideline was written yet.* **Edit** makes one; every decision then names the version it was made under.</source>
        <translation>*尚未编写规范。* **编辑**可新建规范；此后每个决定都注明所依据的版本。</translation>
    </message>
    <message>
        <source>Comment recorded.</source>
        <translation>评论已记录。</translation>
    </message>
    <message numerus="yes">
        <source>**Sample %1**, %n decision(s) so far.</source>
        <translation>
            <numerusform>**样本 %1**，目前 %n 个决定。</numerusform>
        </translation>
    </message>
    <message>
        <source>From %1, line %2.</source>
        <translation>来自 %1，第 %2 行。</translation>
    </message>
    <message>
        <source>**Review** shows one sample after the other: those that the filter of the data table leaves and nobody has judged yet. Every decision is on the disk before the next sample appears.

**%1** accepts and goes on, **%2** rejects, **%3** edits the last answer, **%4** leaves the sample for later. **%5** takes the newest decision back, as often as you like, also those of another day.

**Digits** answer the marked criterion, and the next one is marked. **Shift** with a digit marks a reason for rejecting. Select text and press **Alt** with a digit to label it.

In an editor letters are letters, and every key acts with **Ctrl**: Ctrl+X rejects, Ctrl+E edits, Ctrl+Left goes back. What a text needs itself comes first: Ctrl+X cuts while something is selected, Ctrl+Z takes back typing while there is any, Ctrl+Left moves by a word until the text begins, Ctrl+Enter saves what was changed. Where these would do nothing in the text they are the review&apos;s; the second form in *Keys of the review* is always so.

**Blind** hides what models say about the sample. Shown scores pull judgements along; each decision records whether they were shown.</source>
        <translation>**审阅**逐一显示样本：数据表筛选出且尚未有人评判的样本。每个决定都先写入磁盘，再显示下一个样本。

**%1** 接受并继续，**%2** 拒绝，**%3** 编辑最后一个答案，**%4** 留待以后。**%5** 撤回最近的决定，次数不限，往日的决定也可撤回。

**数字键**回答当前标出的标准，随后标出下一个。**Shift** 加数字键标出拒绝原因。选中文本后按 **Alt** 加数字键为其加标签。

在编辑框中，字母键用于输入，而每个按键都可与 **Ctrl** 同用：Ctrl+X 拒绝，Ctrl+E 编辑，Ctrl+← 返回。文本自身的用途优先：有选中内容时 Ctrl+X 剪切，有可撤销的输入时 Ctrl+Z 撤销输入，Ctrl+← 按词移动直到文本开头，有改动时 Ctrl+Enter 保存。文本用不上时，这些键才用于审阅；*审阅按键*中的第二种形式始终用于审阅。

**盲评**隐藏模型对样本的评价。显示的评分会左右判断；每个决定都记录评分当时是否显示。</translation>
    </message>
</context>
<context>
    <name>assay::TaskDialog</name>
    <message>
        <source># What is a good answer

- **correct** 5: everything it says is true and does what was asked. 1: a wrong fact or a wrong call.
- **helpful** 5: nothing is missing, nothing is in the way.

## When to reject

## Cases that were discussed
</source>
        <translation># 什么是好答案

- **correct** 5：所说全部属实，并完成了要求。1：有事实错误或调用错误。
- **helpful** 5：没有遗漏，也没有多余。

## 何时拒绝

## 讨论过的情况
</translation>
    </message>
    <message>
        <source>Task of the project</source>
        <translation>项目的任务</translation>
    </message>
    <message>
        <source>Earlier definitions and guidelines are kept; decisions name the guideline in force.</source>
        <translation>先前的定义和规范会保留；决定注明当时生效的规范。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Criteria</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a criterion</source>
        <translation>添加标准</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the chosen criterion</source>
        <translation>移除所选标准</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>回答形式</translation>
    </message>
    <message>
        <source>labels, by commas</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>criterion</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Reject reasons, one a line</source>
        <translation>拒绝原因，每行一个</translation>
    </message>
    <message>
        <source>Labels for places in a text, one a line</source>
        <translation>文本片段的标签，每行一个</translation>
    </message>
    <message>
        <source>Annotators, one a line</source>
        <translation>标注员，每行一个</translation>
    </message>
    <message>
        <source>Reject reasons</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>Span labels</source>
        <translation>片段标签</translation>
    </message>
    <message>
        <source>Annotators</source>
        <translation>标注员</translation>
    </message>
    <message>
        <source>Guideline (Markdown)</source>
        <translation>规范（Markdown）</translation>
    </message>
    <message>
        <source>Versions of the guideline</source>
        <translation>规范的版本</translation>
    </message>
    <message>
        <source>version %1, %2, %3</source>
        <translation>版本 %1，%2，%3</translation>
    </message>
    <message>
        <source>Guideline</source>
        <translation>规范</translation>
    </message>
</context>
</TS>
